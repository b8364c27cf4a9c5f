"""The numbers of a termbase as a plot."""

from __future__ import annotations

from glossary.lookup.statistics import Statistics
from glossary.publish.plots.bars import columns, rows
from glossary.publish.plots.drawing import headed, stacked, svg_document

__all__ = ["plot_statistics"]

_SUBJECTS = 20


def plot_statistics(stats: Statistics, *, title: str) -> str:
    """Return the tables whose shape says more than their numbers as an SVG document."""
    subjects = [(name or "(none)", number) for name, number in stats.subjects.items()][:_SUBJECTS]
    years = range(min(stats.years), max(stats.years) + 1) if stats.years else range(0)
    drawings = [
        headed("Concepts by subject field", rows(subjects)),
        headed("Renderings by status", rows(list(stats.statuses.items()))),
        headed("Renderings by authority", rows(list(stats.authorities.items()))),
        headed(
            "Concepts by number of renderings",
            columns([(str(n), number) for n, number in stats.renderings.items()]),
        ),
    ]
    if years:
        by_year = [(str(year), stats.years.get(year, 0)) for year in years]
        drawings.append(headed("Renderings by the year they are known from", columns(by_year)))
    counts = stats.counts
    return svg_document(
        stacked(drawings),
        title=title,
        description=f"{counts.concepts} concepts with {counts.terms} terms from "
        f"{counts.sources} sources",
    )
