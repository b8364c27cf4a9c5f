"""Numbers as bars."""

from __future__ import annotations

from collections.abc import Sequence

from glossary.publish.markup import Markup, element
from glossary.publish.plots.drawing import WIDTH, Drawing, label

__all__ = ["columns", "rows"]

_LEFT, _RIGHT, _ROW = 220, 60, 22
_HEIGHT, _FOOT = 140, 20
_NAME_LENGTH = 32


def rows(numbers: Sequence[tuple[str, int]], kind: str = "plain") -> Drawing:
    """Return a row for each named number, its bar as long as the number says."""
    most = max((number for _, number in numbers), default=0) or 1
    shapes: list[Markup] = []
    for place, (name, number) in enumerate(numbers):
        y = place * _ROW
        length = number / most * (WIDTH - _LEFT - _RIGHT)
        short = name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"
        shapes += [
            label(short, _LEFT - 10, y + 15, text_anchor="end"),
            _bar(_LEFT, y + 3, length, _ROW - 6, kind),
            label(f"{number:,}", _LEFT + length + 6, y + 15, class_="quiet"),
        ]
    return Drawing(len(numbers) * _ROW, tuple(shapes))


def columns(numbers: Sequence[tuple[str, int]], kind: str = "plain") -> Drawing:
    """Return a column for each named number, in their order; names are thinned out to fit."""
    most = max((number for _, number in numbers), default=0) or 1
    step = WIDTH / max(1, len(numbers))
    every = -(-len(numbers) // 16)
    shapes: list[Markup] = []
    for place, (name, number) in enumerate(numbers):
        height = number / most * (_HEIGHT - 16)
        left = place * step
        shapes.append(_bar(left + step * 0.1, _HEIGHT - height, step * 0.8, height, kind))
        middle = left + step / 2
        if place % every == 0:
            shapes.append(label(name, middle, _HEIGHT + 15, text_anchor="middle"))
        if len(numbers) <= 16 and number:
            top = _HEIGHT - height - 4
            shapes.append(label(f"{number:,}", middle, top, text_anchor="middle", class_="quiet"))
    return Drawing(_HEIGHT + _FOOT, tuple(shapes))


def _bar(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    box = {"x": x, "y": y, "width": width, "height": height}
    return element("rect", attributes={k: f"{v:.1f}" for k, v in box.items()} | {"class": kind})
