"""``tifa stats``: what a termbase holds, in numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.cli.termbases import (
    AS_OF_OPTION,
    PLOT_OPTION,
    READ_OPTION,
    OutputFormat,
    given_date,
    open_for_reading,
    painter,
)

if TYPE_CHECKING:
    from glossary.annotate.coverage import Coverage
    from glossary.termbase import Termbase

__all__ = ["stats"]


def stats(
    *,
    termbase: Annotated[Path | None, READ_OPTION] = None,
    output: Annotated[
        OutputFormat, typer.Option("--format", help="Text for people, or JSON.")
    ] = OutputFormat.TEXT,
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    text: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Also say how much of a text the termbase knows."),
    ] = None,
    plot: Annotated[Path | None, PLOT_OPTION] = None,
) -> None:
    """Show what a termbase holds: size, coverage, sources, statuses, review and variants."""
    from glossary.lookup.statistics import statistics
    from glossary.lookup.statistics_display import statistics_to_json, statistics_to_text

    if plot is not None:
        from glossary.publish.plots import check_plot_file

        check_plot_file(plot)
    date = given_date(as_of)
    with open_for_reading(termbase) as base:
        found = statistics(base, as_of=date)
        coverage = None if text is None else _coverage(base, text, date)
    if plot is not None:
        from glossary.publish.plots import plot_statistics, write_plot

        write_plot(plot_statistics(found, title="A termbase in numbers"), plot)
    if output is OutputFormat.JSON:
        import json

        from glossary.annotate.coverage import coverage_to_json

        document = statistics_to_json(found, date)
        if coverage is not None:
            document["text"] = coverage_to_json(coverage)
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    typer.echo(statistics_to_text(found, painter()))
    if coverage is not None:
        from glossary.annotate.coverage import coverage_to_text

        typer.echo("\n" + coverage_to_text(coverage, painter()))


def _coverage(base: Termbase, text: str, date: str | None) -> Coverage:
    from glossary.annotate import annotate
    from glossary.annotate.coverage import coverage
    from glossary.lookup.known_terms import KnownTerms
    from glossary.model import is_chinese
    from glossary.texts import parse_request, read_document

    document = read_document(parse_request(text))
    target = "en" if is_chinese(document.language) else "zh-Hans"
    return coverage(annotate(document, KnownTerms(base, document.language, target, date=date)))
