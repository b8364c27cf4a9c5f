"""``tifa export``: a termbase as a glossary file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glossary.cli.exchange_options import (
    LANGUAGE_OPTION,
    TO_OPTION,
    TOOL_OPTION,
    codes_of,
    say_losses,
)
from glossary.cli.termbases import AS_OF_OPTION, READ_OPTION, given_date, open_for_reading

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
    target_format: Annotated[str | None, TO_OPTION] = None,
    tool: Annotated[str | None, TOOL_OPTION] = None,
    language: Annotated[list[str] | None, LANGUAGE_OPTION] = None,
    as_of: Annotated[str | None, AS_OF_OPTION] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Say what the file would not hold, field by field; write nothing."
        ),
    ] = False,
) -> None:
    """Write the concepts and sources of a termbase to a glossary file."""
    from glossary.termbase.glossary_files import TEXT_ENDING, write_glossary
    from glossary.termbase.history import glossary_as_of
    from glossary.termbase.text_format import dump_text
    from tmx.convert import explain_glossary
    from tmx.convert import write_glossary as write_for
    from tmx.profiles import profile

    date = given_date(as_of)
    with open_for_reading(termbase) as base:
        glossary = base.glossary(title)
    if date is not None:
        glossary = glossary_as_of(glossary, date)
    if str(file) == "-":
        typer.echo(dump_text(glossary), nl=False)
        return
    wanted = profile(tool) if tool else None
    codes = codes_of(language)
    if file.name.endswith(TEXT_ENDING) and not target_format and wanted is None:
        if explain:
            typer.echo(f"{file}: holds everything")
            return
        write_glossary(glossary, file)
    elif explain:
        report = explain_glossary(
            glossary, file, target_format=target_format, profile=wanted, languages=codes
        )
        typer.echo(
            f"{file}: {report.units} entries or lines from {len(glossary.concepts)} concepts"
        )
        for loss in (*report.losses, *report.not_carried):
            typer.echo(
                f"  {loss.count:>7}  {loss.what}" + (f"  ({loss.example})" * bool(loss.example))
            )
        if not report.losses and not report.not_carried:
            typer.echo("  holds everything")
        return
    else:
        report = write_for(
            glossary, file, target_format=target_format, profile=wanted, languages=codes
        )
        say_losses(report)
    typer.echo(f"{file}: {len(glossary.concepts)} concepts", err=True)
