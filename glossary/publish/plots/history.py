"""Renderings over time as a plot: a row for each, dots where it is attested, bars while in use."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from glossary.model import AdministrativeStatus, Concept, Source, Term
from glossary.publish.entries import Mark, mark
from glossary.publish.markup import element
from glossary.publish.plots.drawing import Drawing, headed, label, stacked, svg_document
from glossary.publish.plots.timeline import draw_timeline
from glossary.termbase.history import Period, State

__all__ = ["plot_histories"]


def plot_histories(
    histories: Sequence[tuple[Concept, Sequence[Period]]], sources: Mapping[str, Source]
) -> str | None:
    """Return the histories of concepts as an SVG document, or None if none has two dates.

    Args:
        histories: concepts with what :func:`glossary.termbase.history.history` says of them.
        sources: by id.
    """
    drawings = []
    marks: dict[Mark, None] = {}
    words = []
    for concept, periods in histories:
        terms = [_as_told(period) for period in periods if period.start]
        drawing = draw_timeline(terms, sources)
        if drawing is not None:
            drawings.append(headed(concept.head, drawing))
            marks |= dict.fromkeys(map(mark, terms))
            words += [
                f"{term.text}: {term.valid_from or '?'}–{term.valid_to or ''}" for term in terms
            ]
    if not drawings:
        return None
    heads = "、".join(concept.head for concept, _ in histories)
    return svg_document(
        stacked([*drawings, _legend(sorted(marks, key=list(Mark).index))]),
        title=f"Renderings of {heads} over time",
        description="; ".join(words),
    )


def _as_told(period: Period) -> Term:
    """Return a rendering with the state and the time of use that its history gives it."""
    if period.state in {State.MACHINE, State.UNDATED}:
        return period.term
    status = None if period.state is State.LATER else AdministrativeStatus(period.state.value)
    return dataclasses.replace(
        period.term, status=status, valid_from=period.start, valid_to=period.end
    )


def _legend(marks: Sequence[Mark]) -> Drawing:
    shapes = []
    left = 0.0
    for known in marks:
        box = {"x": f"{left:.1f}", "y": "2", "width": "12", "height": "12", "class": known.value}
        words = "machine only" if known is Mark.MACHINE else known.value
        shapes += [element("rect", attributes=box), label(words, left + 18, 13, class_="quiet")]
        left += 120
    return Drawing(18, tuple(shapes))
