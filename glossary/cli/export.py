"""``tifa export``: a termbase as a glossary file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glossary.cli.termbases import READ_OPTION, open_for_reading

__all__ = ["export"]


def export(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="The file to write; its ending tells the format: .tifa is lossless text for "
            "version control, the others are those of tifa convert. - writes that text to stdout.",
        ),
    ],
    *,
    termbase: Annotated[Path | None, READ_OPTION] = None,
    title: Annotated[str, typer.Option(help="Title of the glossary.")] = "",
) -> None:
    """Write the concepts and sources of a termbase to a glossary file."""
    from glossary.cli.glossary_files import write_glossary
    from glossary.termbase.text_format import dump_text

    with open_for_reading(termbase) as base:
        glossary = base.glossary(title)
    if str(file) == "-":
        typer.echo(dump_text(glossary), nl=False)
        return
    for loss in write_glossary(glossary, file):
        typer.echo(f"tifa: {file}: not carried: {loss}", err=True)
    typer.echo(f"{file}: {len(glossary.concepts)} concepts", err=True)
