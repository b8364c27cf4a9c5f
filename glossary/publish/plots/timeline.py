"""When which rendering was in use, drawn as a plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glossary.model import Source, Term
from glossary.publish.entries import mark
from glossary.publish.markup import Markup, element
from glossary.publish.plots.drawing import WIDTH, Drawing

__all__ = ["draw_timeline", "timeline"]

# Pixels of the drawing, which scales with the page.
_LEFT, _RIGHT, _ROW, _TOP = 300, 20, 26, 8
_NAME_LENGTH = 44


@dataclass(frozen=True, slots=True)
class _Scale:
    first: float
    last: float

    def x(self, year: float) -> float:
        share = (year - self.first) / (self.last - self.first)
        return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def timeline(terms: Sequence[Term], sources: Mapping[str, Source], *, name: str) -> Markup | None:
    """Return a plot of the dates of terms to stand in a page; None if there is only one date.

    ``name`` is what the plot says to those who do not see it.
    """
    drawing = draw_timeline(terms, sources)
    if drawing is None:
        return None
    return element(
        "svg",
        drawing.shapes,
        attributes={
            "viewBox": f"0 0 {WIDTH} {drawing.height:g}",
            "class": "timeline",
            "role": "img",
            "aria-label": name,
        },
    )


def draw_timeline(terms: Sequence[Term], sources: Mapping[str, Source]) -> Drawing | None:
    """Return a drawing of the dates of terms, a row each, or None if there is only one date.

    A dot is a dated source that attests the term, its size the number of attestations; a bar
    reaches over the dates between which the term was the form in force.
    """
    dated = [(term, _attested(term, sources)) for term in terms]
    dated = [(term, dots) for term, dots in dated if dots or term.valid_from or term.valid_to]
    years = [year for _, dots in dated for year in dots]
    years += [_year(date) for term, _ in dated for date in (term.valid_from, term.valid_to) if date]
    if len(set(years)) < 2:
        return None
    scale = _Scale(float(int(min(years))), float(int(max(years)) + 1))
    height = _TOP + _ROW * len(dated) + 24
    shapes = _axis(scale, height)
    for row, (term, dots) in enumerate(dated):
        shapes += _row(term, dots, scale, _TOP + _ROW * row + _ROW / 2)
    return Drawing(height, tuple(shapes))


def _attested(term: Term, sources: Mapping[str, Source]) -> dict[float, int]:
    counts: dict[float, int] = {}
    for attestation in term.attestations:
        source = sources.get(attestation.source_id)
        if source and source.date:
            year = _year(source.date)
            counts[year] = counts.get(year, 0) + 1
    return counts


def _year(date: str) -> float:
    """Return a date, possibly reduced, as a year with its fraction."""
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 365


def _axis(scale: _Scale, height: float) -> list[Markup]:
    span = int(scale.last - scale.first)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if span / step <= 8)
    shapes = []
    start = -(-int(scale.first) // step) * step
    for year in range(start, int(scale.last) + 1, step):
        x = f"{scale.x(year):.1f}"
        line = {"x1": x, "x2": x, "y1": "0", "y2": str(height - 20), "class": "grid"}
        text = {"x": x, "y": str(height - 5), "text-anchor": "middle"}
        shapes += [element("line", attributes=line), element("text", str(year), attributes=text)]
    return shapes


def _row(term: Term, dots: Mapping[float, int], scale: _Scale, y: float) -> list[Markup]:
    kind = mark(term).value
    name = term.text if len(term.text) <= _NAME_LENGTH else term.text[: _NAME_LENGTH - 1] + "…"
    shapes = [
        element("text", name, attributes={"x": "0", "y": f"{y + 4:.1f}", "lang": term.language})
    ]
    if term.valid_from or term.valid_to:
        begin = scale.x(_year(term.valid_from)) if term.valid_from else scale.x(scale.first)
        end = scale.x(_year(term.valid_to)) if term.valid_to else scale.x(scale.last)
        box = {
            "x": f"{begin:.1f}",
            "y": f"{y - 4:.1f}",
            "width": f"{max(end - begin, 1):.1f}",
            "height": "8",
            "class": f"bar {kind}",
        }
        shapes.append(element("rect", attributes=box))
    for year, count in sorted(dots.items()):
        # The area grows with the count, up to ten of them.
        radius = 3 + min(count, 10) ** 0.5
        dot = {"cx": f"{scale.x(year):.1f}", "cy": f"{y:.1f}", "r": f"{radius:.1f}"}
        shapes.append(element("circle", attributes=dot | {"class": f"dot {kind}"}))
    return shapes
