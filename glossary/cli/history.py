"""``tifa history``: how a term was rendered over the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glossary.cli.completion import complete_term
from glossary.cli.termbases import (
    AS_OF_OPTION,
    PLOT_OPTION,
    READ_OPTION,
    OutputFormat,
    given_date,
    open_for_reading,
    painter,
    say_nothing_found,
)

if TYPE_CHECKING:
    from glossary.model import Concept, Source
    from glossary.termbase.history import Period

__all__ = ["history"]


def history(
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY",
            help="A term, found as by tifa lookup.",
            autocompletion=complete_term,
        ),
    ],
    *,
    termbase: Annotated[Path | None, READ_OPTION] = None,
    output: Annotated[
        OutputFormat, typer.Option("--format", help="Text for people, or JSON.")
    ] = OutputFormat.TEXT,
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    plot: Annotated[Path | None, PLOT_OPTION] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most N concepts.")] = 1,
) -> None:
    """Show the renderings of a term over time, each with its dates, state and sources."""
    from glossary.lookup import lookup, suggest
    from glossary.lookup.history_display import histories_to_json, histories_to_text
    from glossary.termbase.history import history as history_of

    if plot is not None:
        from glossary.publish.plots import check_plot_file

        check_plot_file(plot)
    words = " ".join(query)
    date = given_date(as_of)
    with open_for_reading(termbase) as base:
        matches = lookup(base, words, limit=limit)
        sources = {known.id: known for known in base.sources()}
        near = [] if matches else suggest(base, words)
    histories = [(match, history_of(match.concept, sources, date)) for match in matches]
    if output is OutputFormat.JSON:
        import json

        typer.echo(json.dumps(histories_to_json(histories, date), ensure_ascii=False, indent=2))
    elif histories:
        typer.echo(histories_to_text(histories, painter()))
    if plot is not None and histories:
        _draw([(match.concept, periods) for match, periods in histories], sources, plot)
    if not histories:
        say_nothing_found(words, near)
        raise typer.Exit(1)


def _draw(
    histories: Sequence[tuple[Concept, Sequence[Period]]],
    sources: Mapping[str, Source],
    plot: Path,
) -> None:
    from glossary.publish.plots import plot_histories, write_plot

    drawn = plot_histories(histories, sources)
    if drawn is None:
        typer.echo(f"tifa: {plot}: not written, fewer than two dates are known", err=True)
    else:
        write_plot(drawn, plot)
