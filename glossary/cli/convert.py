"""``tifa convert``: a memory or glossary in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glossary.cli.exchange_options import (
    FROM_OPTION,
    LANGUAGE_OPTION,
    MAP_OPTION,
    TO_OPTION,
    TOOL_OPTION,
    codes_of,
    say_losses,
)
from glossary.errors import OutputError

__all__ = ["convert"]


def convert(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The file to read.")],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The file to write.")],
    *,
    source_format: Annotated[str | None, FROM_OPTION] = None,
    target_format: Annotated[str | None, TO_OPTION] = None,
    tool: Annotated[str | None, TOOL_OPTION] = None,
    language: Annotated[list[str] | None, LANGUAGE_OPTION] = None,
    columns: Annotated[list[str] | None, MAP_OPTION] = None,
    recover: Annotated[
        bool, typer.Option("--recover", help="Read a damaged file as far as its units are sound.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite TARGET.")] = False,
) -> None:
    """Convert a translation memory or a glossary to another format or for another tool."""
    from tmx.convert import convert as run
    from tmx.profiles import profile
    from tmx.table_columns import parse_mapping

    if target.exists() and not force:
        raise OutputError("exists already", place=target, cure="choose another name, or --force")
    report = run(
        source,
        target,
        source_format=source_format,
        target_format=target_format,
        profile=profile(tool) if tool else None,
        languages=codes_of(language),
        columns=parse_mapping(columns or ()),
        recover=recover,
    )
    typer.echo(f"{target}: {report.units} written")
    say_losses(report)
