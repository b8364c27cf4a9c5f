"""``tifa convert``: a memory or glossary in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glossary.errors import OutputError, UsageError

__all__ = ["convert"]


def convert(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The file to read.")],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The file to write.")],
    *,
    source_format: Annotated[
        str | None,
        typer.Option("--from", metavar="FORMAT", help="Format of SOURCE; by default its ending's."),
    ] = None,
    target_format: Annotated[
        str | None,
        typer.Option("--to", metavar="FORMAT", help="Format of TARGET; by default its ending's."),
    ] = None,
    tool: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="TOOL", help="The tool that imports TARGET: omegat, weblate, trados …"
        ),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG=CODE", help="Language code to write; may be given again."),
    ] = None,
    recover: Annotated[
        bool, typer.Option("--recover", help="Read a damaged file as far as its units are sound.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite TARGET.")] = False,
) -> None:
    """Convert a translation memory or a glossary to another format or for another tool."""
    from tmx.convert import convert as run
    from tmx.profiles import profile

    if target.exists() and not force:
        raise OutputError("exists already", place=target, cure="choose another name, or --force")
    codes = {}
    for wish in language or ():
        tag, equals, code = wish.partition("=")
        if not (tag and equals and code):
            raise UsageError(f"--language {wish!r}", cure="write it as zh-Hans=zh-CN")
        codes[tag] = code
    report = run(
        source,
        target,
        source_format=source_format,
        target_format=target_format,
        profile=profile(tool) if tool else None,
        languages=codes,
        recover=recover,
    )
    typer.echo(f"{target}: {report.units} written")
    for loss in report.losses:
        typer.echo(f"  {loss}", err=True)
