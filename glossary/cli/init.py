"""``tifa init``: a project file to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["init"]


def init(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEXT...]",
            help="The texts of the project; each may say what it is, as with tifa build.",
        ),
    ] = None,
    folder: Annotated[
        Path, typer.Option("-o", "--out", metavar="DIR", help="The folder to write to.")
    ] = Path(),
    sample: Annotated[
        bool, typer.Option("--sample", help="Write a copy of the bundled sample project.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,
) -> None:
    """Write a commented project file, tifa.toml, that lists the texts and what they are."""
    from glossary.build.new_project import new_project, sample_project

    written = (
        sample_project(folder, force=force)
        if sample
        else new_project(folder, texts or [], force=force)
    )
    for path in written:
        typer.echo(path)
