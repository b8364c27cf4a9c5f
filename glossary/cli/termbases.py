"""The termbase that a verb reads, and how answers are painted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from glossary.errors import UsageError
from glossary.model import valid_date

if TYPE_CHECKING:
    from glossary.termbase import Termbase

__all__ = [
    "AS_OF_OPTION",
    "AUTHORITY_OPTION",
    "PLOT_OPTION",
    "READ_OPTION",
    "SINCE_OPTION",
    "SOURCE_OPTION",
    "SUBJECT_OPTION",
    "TERMBASE_OPTION",
    "UNTIL_OPTION",
    "OutputFormat",
    "find_termbase",
    "given_date",
    "open_for_reading",
    "open_or_create",
    "painter",
    "reads_core",
    "say_nothing_found",
]

DEFAULT_FILE = "tifa.sqlite"
VARIABLE = "TIFA_TERMBASE"

TERMBASE_OPTION = typer.Option(
    "-t",
    "--termbase",
    metavar="FILE",
    help=f"The termbase, or a folder that tifa build wrote; by default ${VARIABLE}, "
    f"else {DEFAULT_FILE} in this folder.",
)
#: The same for verbs that need no texts: they can do with the core glossary.
READ_OPTION = typer.Option(
    "-t",
    "--termbase",
    metavar="FILE",
    help=f"The termbase, or a folder that tifa build wrote; by default ${VARIABLE}, "
    f"else {DEFAULT_FILE} in this folder, else the core glossary that comes with tifa.",
)

AS_OF_OPTION = typer.Option(
    "--as-of",
    metavar="DATE",
    help="The state of that day: the rendering in force then is preferred, others are superseded "
    "or later; 2017 means its end.",
)

PLOT_OPTION = typer.Option(
    "--plot", metavar="FILE", help="Also draw it, as FILE.svg or FILE.png (extra pdf)."
)

# Filters that every verb which selects renderings takes.
AUTHORITY_OPTION = typer.Option(
    metavar="AUTHORITY",
    help="Leave out renderings below it: machine, unofficial, semi-official or official.",
)
SUBJECT_OPTION = typer.Option(metavar="FIELD", help="Only concepts of that subject field.")
SOURCE_OPTION = typer.Option(metavar="ID", help="Only renderings that this source attests.")
SINCE_OPTION = typer.Option(metavar="DATE", help="Only renderings attested since then.")
UNTIL_OPTION = typer.Option(metavar="DATE", help="Only renderings attested until then.")


class OutputFormat(StrEnum):
    """How answers are written."""

    TEXT = "text"
    JSON = "json"


_COLOURS: dict[str, dict[str, Any]] = {
    "head": {"bold": True},
    "good": {"fg": "green", "bold": True},
    "bad": {"fg": "red"},
    "faint": {"dim": True},
    "match": {"underline": True},
}


def find_termbase(given: Path | None) -> Path:
    """Return the path of the termbase that the user means.

    Raises:
        UsageError: none is named and none lies here.
    """
    named = _named_termbase(given)
    if named is not None:
        return named
    raise UsageError(
        f"no termbase is named and there is no {DEFAULT_FILE} here",
        cure=f"give --termbase FILE or set ${VARIABLE}; tifa build writes one",
    )


def open_for_reading(given: Path | None) -> Termbase:
    """Open the termbase that the user means; if there is none, the core glossary.

    Raises:
        BadInputError: it cannot be opened or is no termbase.
    """
    from glossary.termbase import Termbase

    named = _named_termbase(given)
    if named is not None:
        return Termbase.open(named, readonly=True)
    from glossary.termbase.core import open_core

    return open_core(lambda line: typer.echo(f"tifa: {line}", err=True))


def reads_core(given: Path | None) -> bool:
    """Whether ``open_for_reading`` opens the core glossary."""
    return _named_termbase(given) is None


def _named_termbase(given: Path | None) -> Path | None:
    if given is not None:
        return given
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    here = Path(DEFAULT_FILE)
    return here if here.exists() else None


def given_date(text: str | None) -> str | None:
    """Return the date that the user gave, if any.

    Raises:
        UsageError: it is no date.
    """
    try:
        return None if text is None else valid_date(text)
    except ValueError as error:
        raise UsageError(str(error)) from error


@contextmanager
def open_or_create(path: Path) -> Iterator[Termbase]:
    """Open a termbase to write, a new one if there is none; that one goes again on an error."""
    from glossary.termbase import Termbase

    if path.exists():
        with Termbase.open(path) as base:
            yield base
        return
    try:
        with Termbase.create(path) as base:
            yield base
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def say_nothing_found(query: str, near: Sequence[str]) -> None:
    """Say on stderr that nothing was found, and what was perhaps meant."""
    meant = f"; near it: {', '.join(near)}" if near else ""
    typer.echo(f"tifa: nothing found for {query!r}{meant}", err=True)


def painter() -> Callable[[str, str], str]:
    """Return the function that paints answers: in colour on a terminal unless NO_COLOR is set."""
    from glossary.lookup.display import plain_text

    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return plain_text
    return _coloured


def _coloured(text: str, role: str) -> str:
    return typer.style(text, **_COLOURS[role]) if role in _COLOURS else text
