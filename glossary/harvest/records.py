"""Concepts as plain records, one JSON object a line: the interface for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.omissions import Omission, describe_omissions
from glossary.harvest.status import explain_preference, term_clusters
from glossary.model import Concept, Source, Term

__all__ = ["SCHEMA", "FindOmissions", "concept_record", "json_lines", "pair_lines"]

SCHEMA = "tifa.harvest/1"


#: Returns the places of a concept that renditions do not render.
FindOmissions = Callable[[Concept], Sequence[Omission]]


def json_lines(
    concepts: Iterable[Concept],
    sources: Mapping[str, Source],
    omissions: FindOmissions | None = None,
) -> Iterator[str]:
    """Yield each concept as one line of JSON, without a line end."""
    for concept in concepts:
        missing = None if omissions is None else omissions(concept)
        yield json.dumps(concept_record(concept, sources, missing), ensure_ascii=False)


def pair_lines(
    concepts: Iterable[Concept], omissions: FindOmissions | None = None
) -> Iterator[str]:
    """Yield a header and a tab-separated line for each rendering of each concept.

    The last column says of the concept what renditions have instead where nothing surely renders
    it.
    """
    yield "head\trendering\tkind\tscore\tstatus\tauthority\tcount\tnot_rendered"
    for concept in concepts:
        missing = describe_omissions(omissions(concept) if omissions else ())
        for term in concept.renderings():
            status = term.status.value if term.status else ""
            score = concept.score.value if concept.score else ""
            fields = (
                concept.head,
                term.text,
                concept.kind,
                score,
                status,
                term.authority.label,
                term.count,
                "; ".join(missing),
            )
            yield "\t".join(" ".join(str(field).split()) for field in fields)


def concept_record(
    concept: Concept,
    sources: Mapping[str, Source] | None = None,
    omissions: Iterable[Omission] | None = None,
) -> dict[str, Any]:
    """Return a concept as a record; a term that two sources attest stands once for each.

    ``preferred`` says which rendering is and why, ``variant_of`` of which rendering a term is
    another form; both are null where there is none.

    Args:
        concept: as the harvest gave it.
        sources: by id, those that its attestations name; without them no date speaks for a
            rendering.
        omissions: the places that renditions do not render; None, which becomes null, if nobody
            looked for them.
    """
    preferred = explain_preference(concept.renderings(), sources or {})
    terms = (concept.chinese(), concept.renderings())
    return {
        "schema": SCHEMA,
        "concept": concept.id,
        "head": (normal_form(concept.head) if terms[0] else "") or concept.head,
        "kind": concept.kind.value,
        "score": concept.score.value if concept.score else None,
        "preferred": asdict(preferred) if preferred else None,
        "terms": [
            record
            for some in terms
            for first, *others in term_clusters(some)
            for term in (first, *others)
            for record in _term_records(term, None if term is first else first.text)
        ],
        "not_rendered": None if omissions is None else [*map(_omission_record, omissions)],
    }


def _omission_record(omission: Omission) -> dict[str, Any]:
    closest = omission.closest
    return {
        "source": omission.source_id,
        "segment": omission.segment,
        "bead": omission.bead,
        "dropped": not omission.context,
        "context": omission.context,
        "closest": closest.text if closest else None,
        "closest_score": closest.score if closest else None,
    }


def _term_records(term: Term, variant_of: str | None) -> Iterator[dict[str, Any]]:
    for source in dict.fromkeys(found.source_id for found in term.attestations):
        attestations = [found for found in term.attestations if found.source_id == source]
        yield {
            "text": term.text,
            "language": term.language,
            "term_type": term.term_type.value,
            "variant_of": variant_of,
            "source": source,
            "count": len(attestations),
            "administrative_status": term.status.value if term.status else None,
            "authority": term.authority.label,
            "score": term.score.value if term.score else None,
            "evidence": dict(term.score.evidence) if term.score else {},
            "attestations": [
                {
                    "segment": found.segment,
                    "span": list(found.span),
                    "surface": found.surface,
                    "context": found.context,
                    "bead": found.bead,
                }
                for found in attestations
            ],
        }
