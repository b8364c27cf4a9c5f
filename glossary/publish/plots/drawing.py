"""Drawings: shapes with the space they take, put below each other and made a document of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from glossary.publish.markup import Markup, element

__all__ = ["WIDTH", "Drawing", "headed", "label", "stacked", "svg_document"]

#: Width of every drawing, in units that scale with the page.
WIDTH = 720

# Colours of the statuses on white paper; each has a contrast of 4.5 and more (WCAG 2.2, 1.4.3).
_STYLE = """
text { font-family: "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", serif; }
text { font-size: 13px; fill: #1d1b18; }
.heading { font-size: 16px; font-weight: bold; }
.quiet { fill: #59544c; }
.grid { stroke: #d9d3c7; }
.bar { fill-opacity: 0.45; }
.preferred { fill: #2c6e3a; } .admitted { fill: #2f5597; } .superseded { fill: #7a5c00; }
.deprecated { fill: #a32a1e; } .machine { fill: #6b3f8f; } .unrated { fill: #59544c; }
.plain { fill: #1f4e79; }
"""
_MARGIN = 16
_GAP = 28
_HEADING = 26


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes of SVG within ``WIDTH`` by ``height``."""

    height: float
    shapes: tuple[Markup, ...]


def label(text: str, x: float, y: float, **attributes: str) -> Markup:
    """Return a text whose baseline is at ``y``; ``class_`` and ``text_anchor`` are attributes."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return element("text", text, attributes={"x": f"{x:.1f}", "y": f"{y:.1f}", **named})


def headed(heading: str, drawing: Drawing) -> Drawing:
    """Return a drawing with a heading above it."""
    title = label(heading, 0, _HEADING - 10, class_="heading")
    return Drawing(drawing.height + _HEADING, (title, _moved(drawing.shapes, _HEADING)))


def stacked(drawings: Iterable[Drawing]) -> Drawing:
    """Return drawings below each other as one."""
    top = 0.0
    groups = []
    for drawing in drawings:
        groups.append(_moved(drawing.shapes, top))
        top += drawing.height + _GAP
    return Drawing(max(0.0, top - _GAP), tuple(groups))


def _moved(shapes: Sequence[Markup], down: float) -> Markup:
    return element("g", shapes, attributes={"transform": f"translate(0 {down:.1f})"})


def svg_document(drawing: Drawing, *, title: str, description: str) -> str:
    """Return a drawing as a document of its own, on white, with what it says in words."""
    width, height = WIDTH + 2 * _MARGIN, drawing.height + 2 * _MARGIN
    box = {"width": f"{width:g}", "height": f"{height:g}"}
    body = (
        element("title", title, attributes={"id": "title"}),
        element("desc", description, attributes={"id": "description"}),
        element("style", Markup(_STYLE)),
        element("rect", attributes={**box, "fill": "#ffffff"}),
        element("g", drawing.shapes, attributes={"transform": f"translate({_MARGIN} {_MARGIN})"}),
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + element(
            "svg",
            body,
            attributes={
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width:g} {height:g}",
                **box,
                "role": "img",
                "aria-labelledby": "title description",
            },
        )
        + "\n"
    )
