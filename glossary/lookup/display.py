"""Matches as text for people and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from glossary.lookup.proof import date_range, proof
from glossary.lookup.search import Match
from glossary.model import Attestation, Concept, ReviewState, Source, Term, TermType

__all__ = ["JSON_SCHEMA", "Style", "describe_status", "plain_text", "to_json", "to_text"]

JSON_SCHEMA = "tifa.lookup/1"

#: Paints a text in a role: ``head``, ``good``, ``bad``, ``faint`` or ``match``.
Style = Callable[[str, str], str]


def plain_text(text: str, role: str) -> str:
    """Return ``text`` without colour, for pipes."""
    del role
    return text


def to_text(
    matches: Sequence[Match], sources: Mapping[str, Source], style: Style = plain_text
) -> str:
    """Return matches for people: a block for each concept, a proof below each rendering."""
    return "\n\n".join("\n".join(_block(match, sources, style)) for match in matches)


def _block(match: Match, sources: Mapping[str, Source], style: Style) -> Iterator[str]:
    concept = match.concept
    facts = [fact for fact in (match.pinyin, concept.subject_field) if fact]
    if match.term.text != concept.head:
        facts.append(f"{match.how.label}: {match.term.text}")
    elif match.how.label != "exact":
        facts.append(match.how.label)
    yield "  ".join([style(concept.head, "head"), *(style(fact, "faint") for fact in facts)])
    others = [term.text for term in concept.chinese() if term.text != concept.head]
    if others:
        yield f"  = {'、'.join(others)}"
    if concept.definition:
        yield f"  {concept.definition}"
    shown = concept.renderings() if concept.chinese() else concept.terms
    reason = _reason(concept, sources)
    for term in shown:
        described = _facts(term, sources)
        if reason and term is shown[0]:
            described += f" · {reason}"
        yield f"  {_painted(term, style)}  {style(described, 'faint')}"
        found = proof(concept, term, sources)
        if found:
            for attestation in filter(None, (found.chinese, found.rendering)):
                yield f"    {_sentence(attestation, style)}"
        if term.note:
            yield f"    {term.note}"
    if concept.note:
        yield f"  {concept.note}"


def describe_status(term: Term) -> str:
    """Return a term's status in a word; one that no person is known to use is ``machine``."""
    if term.is_machine_only:
        return "machine"
    return term.status.value if term.status else "no status"


def _painted(term: Term, style: Style) -> str:
    roles = {"preferred": "good", "deprecated": "bad", "superseded": "bad", "machine": "bad"}
    return style(term.text, roles.get(describe_status(term), "plain"))


def _reason(concept: Concept, sources: Mapping[str, Source]) -> str:
    """Return why a harvest prefers a rendering, where that is not plain from the authorities.

    Nothing is said where a person has decided.
    """
    if concept.review is not ReviewState.UNREVIEWED or not concept.chinese():
        return ""
    # Imported here: start-up counts, and most of what is shown a person has decided.
    from glossary.harvest.status import explain_preference

    found = explain_preference(concept.renderings(), sources)
    if found is None or found.over is None or found.by == "authority":
        return ""
    return f"by {found.by}: {found.why} ({found.over})"


def _facts(term: Term, sources: Mapping[str, Source]) -> str:
    facts = [describe_status(term)]
    if term.term_type is not TermType.FULL_FORM:
        facts.append(term.term_type.value)
    if not term.is_machine_only:
        facts.append(term.authority.label)
    sentences = sum(not known.is_citation for known in term.attestations)
    if sentences:
        facts.append(f"{sentences}×")
    facts += dict.fromkeys(known.source_id for known in term.attestations if known.is_citation)
    dates = date_range(term, sources)
    if dates:
        facts.append(dates[0] if dates[0] == dates[1] else f"{dates[0]}–{dates[1]}")
    if term.valid_to:
        facts.append(f"in force {term.valid_from or ''}–{term.valid_to}")
    elif term.valid_from and not dates:
        facts.append(f"in force since {term.valid_from}")
    return " · ".join(facts)


def _sentence(attestation: Attestation, style: Style) -> str:
    start, stop = attestation.span
    context = attestation.context
    marked = context[:start] + style(context[start:stop], "match") + context[stop:]
    return f"{' '.join(marked.split())}  {style(f'[{attestation.source_id}]', 'faint')}"


def to_json(matches: Sequence[Match], sources: Mapping[str, Source]) -> dict[str, Any]:
    """Return matches as plain values with the model's field names.

    A concept has besides ``head``, ``pinyin``, ``how``, ``similarity`` and ``matched`` (the text
    of the term that was found); a term ``count``, ``first`` and ``last`` (dates of its sources).
    """
    from glossary.plain import to_plain

    concepts = []
    for match in matches:
        concept = to_plain(match.concept)
        for term, plain in zip(match.concept.terms, concept["terms"], strict=True):
            first, last = date_range(term, sources) or (None, None)
            plain |= {"count": term.count, "first": first, "last": last}
        concepts.append(
            {
                "head": match.concept.head,
                "pinyin": match.pinyin,
                "how": match.how.label,
                "similarity": match.similarity,
                "matched": match.term.text,
                **concept,
            }
        )
    return {"schema": JSON_SCHEMA, "concepts": concepts}
