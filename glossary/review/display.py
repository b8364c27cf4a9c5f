"""A concept as a reviewer at a terminal sees it."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.lookup.display import Style, plain_text
from glossary.model import Concept
from glossary.review.evidence import Evidence, Sentence, describe_rendering

__all__ = ["to_text"]


def to_text(concept: Concept, evidence: Evidence, style: Style = plain_text) -> str:
    """Return a concept with its numbered renderings and the place that proves them."""
    return "\n".join(_lines(concept, evidence, style))


def _lines(concept: Concept, evidence: Evidence, style: Style) -> Iterator[str]:
    chinese = "、".join(term.text for term in concept.chinese())
    score = f" {concept.score.value:.2f}" if concept.score else ""
    yield f"{style(chinese or concept.head, 'head')}  {style(f'{concept.kind}{score}', 'faint')}"
    for number, term in enumerate(concept.renderings(), 1):
        role = "bad" if term.is_machine_only else "good"
        yield f"  {number} {style(term.text, role)}  {style(describe_rendering(term), 'faint')}"
    because = evidence.first_because(concept)
    if because:
        yield style(f"    first by {because}", "faint")
    place = evidence.best_place(concept)
    if place.chinese.term:
        yield f"  {_marked(place.chinese, style)}"
    for sentence in place.renditions:
        yield f"  {style(f'{sentence.label}:', 'faint')} {_marked(sentence, style)}".rstrip()
    missing = evidence.not_rendered(concept)
    if missing:
        yield style(f"    not rendered in {', '.join(missing)}", "faint")
    yield from (style(f"    {line}", "faint") for line in concept.note.splitlines())


def _marked(sentence: Sentence, style: Style) -> str:
    if not sentence.term:
        return sentence.marked
    return f"{sentence.before}{style(f'【{sentence.term}】', 'match')}{sentence.after}"
