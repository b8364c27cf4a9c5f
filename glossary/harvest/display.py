"""Harvested concepts as text for people: renderings with their forms, and why one is preferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from glossary.harvest.omissions import describe_omissions
from glossary.harvest.records import FindOmissions
from glossary.harvest.status import explain_preference, term_clusters
from glossary.model import Concept, Source, Term

__all__ = ["text_lines"]


def text_lines(
    concepts: Iterable[Concept],
    sources: Mapping[str, Source],
    omissions: FindOmissions | None = None,
) -> Iterator[str]:
    """Yield a block of lines for each concept, with an empty line between two.

    Args:
        concepts: as the harvest gave them.
        sources: by id, those that the attestations name.
        omissions: finds the places that renditions do not render, to say what stands there.
    """
    for number, concept in enumerate(concepts):
        if number:
            yield ""
        chinese = " = ".join(term.text for term in concept.chinese())
        score = f"  {concept.score.value:.2f}" if concept.score else ""
        yield f"{chinese or concept.head}  {concept.kind.value}{score}"
        preference = explain_preference(concept.renderings(), sources)
        for first, *forms in term_clusters(concept.renderings()):
            reason = ""
            if preference and preference.text == first.text:
                over = f" (next: {preference.over})" if preference.over else ""
                reason = f"  by {preference.by}: {preference.why}{over}"
                if preference.by == "only":
                    reason = f"  {preference.why}"
            yield f"  {first.text}  {_facts(first)}{reason}"
            for form in forms:
                yield f"    = {form.text}  {_facts(form)}"
        for instead in describe_omissions(omissions(concept) if omissions else ()):
            yield f"  not rendered  {instead}"


def _facts(term: Term) -> str:
    status = "" if term.is_machine_only or term.status is None else f"{term.status.value} · "
    return f"{status}{term.authority.label} · {term.count}×"
