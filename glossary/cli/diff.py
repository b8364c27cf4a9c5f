"""``tifa diff``: what differs between two glossaries."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["diff"]


class DiffFormat(enum.StrEnum):
    """How a difference is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def diff(
    before: Annotated[
        Path,
        typer.Argument(help="A termbase, a .tifa text, or any glossary file of tifa convert."),
    ],
    after: Annotated[Path, typer.Argument(help="The one to compare it with.")],
    *,
    output: Annotated[
        DiffFormat, typer.Option("--format", help="Text for people, JSON, or a page.")
    ] = DiffFormat.TEXT,
    file: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where the page goes.")
    ] = None,
) -> None:
    """Show the concepts that were added, removed and changed; exit with 1 if there are any."""
    from glossary.cli.termbases import painter
    from glossary.errors import UsageError
    from glossary.publish.difference import to_json, to_text, write_page
    from glossary.termbase.collections import read_collection
    from glossary.termbase.difference import compare

    if (file is None) is (output is DiffFormat.HTML):
        raise UsageError(
            "a page needs a file, and only a page does", cure="tifa diff A B --format html -o FILE"
        )
    difference = compare(read_collection(before), read_collection(after))
    if file is not None:
        write_page(difference, file, before=str(before), after=str(after))
    elif output is DiffFormat.JSON:
        import json

        typer.echo(json.dumps(to_json(difference), ensure_ascii=False, indent=2))
    elif difference:
        typer.echo(to_text(difference, painter()))
    if difference:
        raise typer.Exit(1)
