"""The termbase that a verb reads, and how answers are painted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from glossary.errors import UsageError
from glossary.lookup.display import plain_text

__all__ = ["TERMBASE_OPTION", "find_termbase", "painter"]

DEFAULT_FILE = "tifa.sqlite"
VARIABLE = "TIFA_TERMBASE"

TERMBASE_OPTION = typer.Option(
    "-t",
    "--termbase",
    metavar="FILE",
    help=f"The termbase, or a folder that tifa build wrote; by default ${VARIABLE}, "
    f"else {DEFAULT_FILE} in this folder.",
)

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
    if given is not None:
        return given
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    here = Path(DEFAULT_FILE)
    if here.exists():
        return here
    raise UsageError(
        f"no termbase is named and there is no {DEFAULT_FILE} here",
        cure=f"give --termbase FILE or set ${VARIABLE}; tifa build writes one",
    )


def painter() -> Callable[[str, str], str]:
    """Return the function that paints answers: in colour on a terminal unless NO_COLOR is set."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return plain_text
    return _coloured


def _coloured(text: str, role: str) -> str:
    return typer.style(text, **_COLOURS[role]) if role in _COLOURS else text
