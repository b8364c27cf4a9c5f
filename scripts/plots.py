"""Line charts as SVG, for the documentation: no library, the same bytes every time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

__all__ = ["Axis", "Line", "line_chart"]

_WIDTH, _HEIGHT = 460, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 34, 48
# Okabe and Ito (2008): told apart by people of all kinds of colour vision.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000")
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 2")


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis with its label, its ends and where it is marked; logarithmic if so said."""

    label: str
    ticks: Sequence[float]
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Return where a value lies between the ends, which are the outermost ticks."""
        low, high = self.ticks[0], self.ticks[-1]
        if self.logarithmic:
            return math.log(value / low) / math.log(high / low)
        return (value - low) / (high - low)


@dataclass(frozen=True, slots=True)
class Line:
    """A named series of points."""

    name: str
    points: Sequence[tuple[float, float]]


def line_chart(title: str, x: Axis, y: Axis, lines: Sequence[Line]) -> str:
    """Return a chart with its legend in the upper left corner."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="sans-serif" font-size="11">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        _text(_WIDTH / 2, 18, title, size=13),
        _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 8, x.label),
        f'<g transform="translate(14 {_HEIGHT / 2}) rotate(-90)">{_text(0, 0, y.label)}</g>',
    ]
    for tick in x.ticks:
        across = _across(x, tick)
        parts.append(_rule(across, _TOP, across, _HEIGHT - _BOTTOM))
        parts.append(_text(across, _HEIGHT - _BOTTOM + 15, _number(tick)))
    for tick in y.ticks:
        down = _down(y, tick)
        parts.append(_rule(_LEFT, down, _WIDTH - _RIGHT, down))
        parts.append(_text(_LEFT - 6, down + 4, _number(tick), anchor="end"))
    for number, line in enumerate(lines):
        colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
        style = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}" fill="none"'
        points = " ".join(f"{_across(x, a):.1f},{_down(y, b):.1f}" for a, b in line.points)
        parts.append(f'<polyline points="{points}" {style}/>')
        parts += (
            f'<circle cx="{_across(x, a):.1f}" cy="{_down(y, b):.1f}" r="2.5" fill="{colour}"/>'
            for a, b in line.points
        )
        high = _TOP + 14 + 15 * number
        parts.append(f'<path d="M{_LEFT + 8} {high - 4}h24" {style}/>')
        parts.append(_text(_LEFT + 38, high, line.name, anchor="start"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _across(axis: Axis, value: float) -> float:
    return _LEFT + axis.place(value) * (_WIDTH - _LEFT - _RIGHT)


def _down(axis: Axis, value: float) -> float:
    return _HEIGHT - _BOTTOM - axis.place(value) * (_HEIGHT - _TOP - _BOTTOM)


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "middle", size: int = 11) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">'
        f"{escape(text)}</text>"
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:g}"
