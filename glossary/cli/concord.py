"""``tifa concord``: where a word stands in the texts."""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from glossary.cli.termbases import (
    TERMBASE_OPTION,
    find_termbase,
    given_date,
    painter,
    reads_core,
)
from glossary.lookup.concordance import Order

__all__ = ["concord"]


class View(StrEnum):
    """How a concordance is shown."""

    KWIC = "kwic"
    SENTENCE = "sentence"
    JSON = "json"


def concord(
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY",
            help="A Chinese or English word or phrase, or a regular expression between slashes.",
        ),
    ],
    *,
    termbase: Annotated[Path | None, TERMBASE_OPTION] = None,
    memory: Annotated[
        list[Path] | None,
        typer.Option(
            "-m",
            "--memory",
            metavar="FILE",
            help="Search a TMX file too, or alone if no termbase is there; may be given again.",
        ),
    ] = None,
    view: Annotated[
        View,
        typer.Option(
            "--format", help="Keyword in context, sentences with their renderings, or JSON."
        ),
    ] = View.KWIC,
    sort: Annotated[
        Order, typer.Option(help="By place in the texts, context before, context after, or date.")
    ] = Order.TEXT,
    width: Annotated[
        int, typer.Option(metavar="N", min=1, help="Columns of context on each side.")
    ] = 36,
    language: Annotated[
        str, typer.Option(metavar="TAG", help="Only texts in that language: zh or en.")
    ] = "",
    source: Annotated[str, typer.Option(metavar="ID", help="Only that source.")] = "",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="Only texts of that day or before, or without a date."
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="At most N lines, after sorting.")
    ] = None,
) -> None:
    """Show every place where a word or phrase stands in the texts of a termbase or memory."""
    from glossary.lookup.concordance import concordance
    from glossary.lookup.concordance_display import lines_to_json, to_kwic, to_sentences
    from glossary.termbase import Termbase

    words = " ".join(query)
    with ExitStack() as stack:
        base = None
        if not (memory and reads_core(termbase)):
            base = Termbase.open(find_termbase(termbase), readonly=True)
            stack.enter_context(base)
        lines = concordance(
            base,
            words,
            memories=memory or (),
            order=sort,
            language=language,
            source=source,
            as_of=given_date(as_of),
            limit=limit,
        )
    if view is View.JSON:
        import json

        typer.echo(json.dumps(lines_to_json(lines), ensure_ascii=False, indent=2))
    elif lines and view is View.KWIC:
        typer.echo(to_kwic(lines, width=width, style=painter()))
    elif lines:
        typer.echo(to_sentences(lines, style=painter()))
    if not lines:
        typer.echo(f"tifa: {words!r} stands nowhere", err=True)
        raise typer.Exit(1)
