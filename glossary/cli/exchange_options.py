"""Options that the verbs which read and write exchange files share, and what they print."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from glossary.errors import UsageError
from tmx.interface import DumpReport

__all__ = [
    "FROM_OPTION",
    "LANGUAGE_OPTION",
    "MAP_OPTION",
    "TOOL_OPTION",
    "TO_OPTION",
    "codes_of",
    "say_losses",
]

LANGUAGE_OPTION = typer.Option(
    "--language", metavar="TAG=CODE", help="Language code to write; may be given again."
)
TOOL_OPTION = typer.Option(
    "--for",
    metavar="TOOL",
    help="The tool that imports the file: omegat, weblate, trados, memoq, deepl …",
)
FROM_OPTION = typer.Option(
    "--from",
    metavar="FORMAT",
    help="Format of what is read; by default what its ending and beginning tell.",
)
TO_OPTION = typer.Option(
    "--to", metavar="FORMAT", help="Format of what is written; by default its ending's."
)
MAP_OPTION = typer.Option(
    "--map",
    metavar="FIELD=COLUMN,…",
    help="Columns of a table by heading or number, as in zh=Chinese,en=English,status=Status; may "
    "be given again.",
)


def codes_of(wishes: Iterable[str] | None) -> dict[str, str]:
    """Return the codes that the user wishes, by tag.

    Raises:
        UsageError: a wish is not of the form ``zh-Hans=zh-CN``.
    """
    codes = {}
    for wish in wishes or ():
        tag, equals, code = wish.partition("=")
        if not (tag and equals and code):
            raise UsageError(f"--language {wish!r}", cure="write it as zh-Hans=zh-CN")
        codes[tag] = code
    return codes


def say_losses(report: DumpReport) -> None:
    """Say on stderr what a file does not hold: each loss on a line, what has no place on one."""
    for loss in report.losses:
        typer.echo(f"  {loss}", err=True)
    if report.not_carried:
        names = ", ".join(f"{loss.what} ({loss.count})" for loss in report.not_carried)
        typer.echo(f"  the format has no place for: {names}", err=True)
