"""``tifa build``: texts in, a termbase and exchange files out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["build"]


def build(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEXT...]",
            help="A Chinese text and its English renditions, or two or more English renditions; "
            "each may say what it is: FILE:authority=official,date=2023-05-05,publisher=Qiushi. "
            "Or one project file (tifa.toml), which is also what is read when nothing is named.",
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="DIR", help="The folder to write.")
    ] = Path("tifa-out"),
    title: Annotated[str, typer.Option(help="Title of the glossary.")] = "",
    language: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TAG=CODE",
            help="Language code to write for zh-Hans, zh-Hant or en, as in en=en-GB; "
            "may be given again.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write into DIR although it exists.")
    ] = False,
) -> None:
    """Align texts, harvest their terms and write termbase, TMX, TBX, PDF and report to a folder."""
    from glossary.build import build as run
    from glossary.build import render_summary
    from glossary.build.request import BuildRequest
    from glossary.cli.terminal import stage_progress

    request = BuildRequest.from_arguments(texts or [], title=title, languages=language or [])
    with stage_progress() as progress:
        summary = run(
            request.texts,
            out,
            title=request.title,
            languages=request.languages,
            force=force,
            progress=progress,
        )
    typer.echo(render_summary(summary))
    print(summary.signature, file=sys.stderr)  # noqa: T201
