"""An annotated text for people: renderings inline or below, or as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from glossary.annotate.annotation import Annotation, Mark
from glossary.lookup.display import Style, plain_text

__all__ = ["JSON_SCHEMA", "rendering_of", "summary", "to_inline", "to_json", "to_margin"]

JSON_SCHEMA = "tifa.annotate/1"

_UNKNOWN = "？"
# Renderings named in the margin; a translator takes in no more.
_SHOWN = 3


def rendering_of(mark: Mark) -> str:
    """Return the rendering to show at a mark: the best one, or a question mark."""
    return mark.renderings[0].text if mark.renderings else _UNKNOWN


def to_inline(annotation: Annotation, style: Style = plain_text) -> str:
    """Return the text with the rendering behind each term in 【】, ？ for an unknown one."""
    return "\n\n".join("".join(paragraph) for paragraph in _paragraphs(annotation, style))


def _paragraphs(annotation: Annotation, style: Style) -> Iterator[list[str]]:
    marks = dict(annotation.by_segment())
    glue = "" if annotation.document.language.startswith("zh") else " "
    for paragraph in annotation.document.paragraphs():
        pieces: list[str] = []
        for number, segment in enumerate(paragraph):
            if number:
                pieces.append(glue)
            pieces += _inline(segment.text, marks[segment.index], style)
        yield pieces


def _inline(text: str, marks: Sequence[Mark], style: Style) -> Iterator[str]:
    position = 0
    for mark in marks:
        yield text[position : mark.start]
        yield style(mark.text, "match")
        yield style(f"【{rendering_of(mark)}】", "good" if mark.renderings else "bad")
        position = mark.end
    yield text[position:]


def to_margin(annotation: Annotation, style: Style = plain_text) -> str:
    """Return each sentence with its terms on the lines below."""
    blocks = []
    for index, marks in annotation.by_segment():
        lines = [annotation.document.segments[index].text]
        seen: set[str] = set()
        for mark in marks:
            if mark.text not in seen:
                seen.add(mark.text)
                lines.append(f"    {style(mark.text, 'match')}  {_margin(mark, style)}")
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _margin(mark: Mark, style: Style) -> str:
    if mark.concept is None:
        return style("not in the termbase", "bad")
    good = " | ".join(term.text for term in mark.renderings[:_SHOWN])
    barred = "; ".join(term.text for term in mark.others[:_SHOWN])
    return good + (style(f"  not: {barred}", "faint") if barred else "")


def summary(annotation: Annotation) -> str:
    """Return the numbers of an annotation in one line."""
    known = sum(mark.concept is not None for mark in annotation.marks)
    return (
        f"{len(annotation.document.segments)} segments, {len(annotation.known())} known terms at "
        f"{known} places, {len(annotation.unknown())} unknown formulations"
    )


def to_json(annotation: Annotation) -> dict[str, Any]:
    """Return the marks of each segment as plain values."""
    return {
        "schema": JSON_SCHEMA,
        "source": annotation.document.source.id,
        "segments": [
            {
                "segment": index,
                "text": annotation.document.segments[index].text,
                "marks": [
                    {
                        "span": [mark.start, mark.end],
                        "text": mark.text,
                        "concept": mark.concept.id if mark.concept else None,
                        "renderings": [term.text for term in mark.renderings],
                        "not": [term.text for term in mark.others],
                    }
                    for mark in marks
                ],
            }
            for index, marks in annotation.by_segment()
        ],
        "unknown": list(annotation.unknown()),
    }
