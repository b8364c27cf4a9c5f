"""A glossary as pairs of terms, for the formats that know nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glossary.model import Attestation, Concept, Source, Term
from tmx.interface import LossLog
from tmx.validity import with_valid_terms
from tmx.xmltext import clean

__all__ = [
    "Rendering",
    "comment_on",
    "renderings",
    "single_line",
    "source_dates",
    "valid_renderings",
]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A term and what it is rendered by: a line of a bilingual glossary.

    Attributes:
        concept: the concept of both.
        source: the Chinese term; without Chinese terms the first term of the concept.
        target: a rendering; None for a source term that has none of its own.
        evidence: a context of the source and one of the target, from the same bead if there is
            one; None where there is no context.
    """

    concept: Concept
    source: Term
    target: Term | None
    evidence: tuple[Attestation | None, Attestation | None]


def renderings(concept: Concept) -> Iterator[Rendering]:
    """Yield a concept's renderings, best first; then its source terms that stand in none.

    Of several Chinese terms a rendering is paired with the one it shares most beads with, then
    with the first.
    """
    sources = concept.chinese() or concept.terms[:1]
    targets = concept.renderings() if concept.chinese() else concept.terms[1:]
    unused = list(sources)
    for target in targets:
        beads = {item.bead for item in target.attestations if item.bead}
        source = max(
            sources, key=lambda term: sum(item.bead in beads for item in term.attestations)
        )
        if source in unused:
            unused.remove(source)
        yield Rendering(concept, source, target, _evidence(source, target))
    for source in unused:
        yield Rendering(concept, source, None, (next(iter(source.attestations), None), None))


def valid_renderings(concepts: Iterable[Concept], log: LossLog) -> Iterator[Rendering]:
    """Yield the renderings that a translator may use; what is left out is noted in ``log``."""
    for concept in concepts:
        kept = with_valid_terms(concept, log)
        if kept is not None:
            yield from (item for item in renderings(kept) if item.target is not None)


def source_dates(terms: Iterable[Term], sources: dict[str, Source]) -> tuple[str, ...]:
    """Return the dates of the sources that attest the terms, earliest first, each once."""
    dates = {
        source.date
        for term in terms
        for item in term.attestations
        if (source := sources.get(item.source_id)) is not None and source.date
    }
    return tuple(sorted(dates))


def comment_on(rendering: Rendering, term: Term, sources: dict[str, Source]) -> str:
    """Return what a translator wants to know of a rendering, as one line.

    Status, authority, dates of validity, dates of its sources, note; what is not known is left out.
    """
    dates = source_dates((term,), sources)
    in_force = f"in force {term.valid_from or '..'}/{term.valid_to or '..'}"
    parts = (
        str(term.status or ""),
        term.authority.label,
        in_force if term.valid_from or term.valid_to else "",
        "/".join(dict.fromkeys((dates[0], dates[-1]))) if dates else "",
        term.note or rendering.concept.note,
    )
    return "; ".join(part for part in parts if part)


def single_line(text: str, log: LossLog, place: str = "") -> str:
    """Return text without tabs, line breaks and control characters, for a line-based format.

    A byte order mark inside a text goes too: at the start of a file it would be taken for one.
    """
    flat = " ".join(clean(text).replace("\ufeff", "").split())
    if flat != text:
        if flat != " ".join(text.split()):
            log.add("control characters, removed", place)
        if any(character in text for character in "\t\r\n"):
            log.add("tabs and line breaks, replaced by spaces", place)
    return flat


def _evidence(source: Term, target: Term) -> tuple[Attestation | None, Attestation | None]:
    by_bead = {item.bead: item for item in reversed(source.attestations) if item.bead}
    for item in target.attestations:
        if item.bead in by_bead:
            return by_bead[item.bead], item
    return next(iter(source.attestations), None), next(iter(target.attestations), None)
