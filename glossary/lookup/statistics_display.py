"""The numbers of a termbase as text for people and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from glossary.lookup.display import Style, plain_text
from glossary.lookup.statistics import Statistics

__all__ = ["JSON_SCHEMA", "statistics_to_json", "statistics_to_text"]

JSON_SCHEMA = "tifa.stats/1"

_BAR = 30
_SUBJECTS = 12


def statistics_to_text(stats: Statistics, style: Style = plain_text) -> str:
    """Return the numbers for people: what there is, how much of it is proven, how it is spread."""
    return "\n".join(_lines(stats, style))


def _lines(stats: Statistics, style: Style) -> Iterator[str]:
    counts = stats.counts
    yield style("Size", "head")
    yield f"  concepts      {counts.concepts:>9,}   {_listed(stats.kinds)}"
    yield f"  terms         {counts.terms:>9,}   {_listed(stats.languages)}"
    yield f"  attestations  {counts.attestations:>9,}"
    yield f"  sources       {counts.sources:>9,}   {_listed(stats.sources)}"
    yield f"  sentences     {counts.sentences:>9,}   in {counts.bitexts:,} aligned texts and proofs"
    yield ""
    yield style("Coverage", "head")
    for name, words in (
        ("rendered", "with a rendering that people use"),
        ("attested", "with a rendering that a document attests"),
        ("dated", "with a rendering whose time is known"),
        ("changed", "whose preferred rendering replaced another"),
        ("fielded", "with a subject field"),
        ("defined", "with a definition"),
    ):
        number = getattr(stats, name)
        share = number / counts.concepts if counts.concepts else 0.0
        yield f"  {number:>9,}  {share:>4.0%}  concepts {words}"
    for heading, table in (
        ("Review", stats.reviews),
        ("Renderings by status", stats.statuses),
        ("Renderings by authority", stats.authorities),
        ("Concepts by number of renderings", stats.renderings),
        ("Concepts by subject field", _most(stats.subjects)),
    ):
        if table:
            yield ""
            yield style(heading, "head")
            yield from _bars(table)


def _listed(table: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in table.items())


def _most(subjects: Mapping[str, int]) -> dict[str, int]:
    """Return the largest subject fields, the others put together."""
    named = {name or "(none)": number for name, number in subjects.items()}
    if len(named) <= _SUBJECTS:
        return named
    first = dict(list(named.items())[: _SUBJECTS - 1])
    return first | {"(others)": sum(named.values()) - sum(first.values())}


def _bars(table: Mapping[Any, int]) -> Iterator[str]:
    most = max(table.values())
    width = max(len(str(name)) for name in table)
    for name, number in table.items():
        bar = "█" * max(1, round(number / most * _BAR)) if number else ""
        yield f"  {name!s:<{width}}  {number:>9,}  {bar}".rstrip()


def statistics_to_json(stats: Statistics, date: str | None) -> dict[str, Any]:
    """Return the numbers as plain values; ``date`` is the day that the statuses are of."""
    return {"schema": JSON_SCHEMA, "as_of": date, **asdict(stats)}
