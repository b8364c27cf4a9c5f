"""The errors tifa raises on purpose: each names the place, what is wrong and what to do.

The command line prints them as one line, ``tifa: PLACE: WHAT (CURE)``, and exits with the
error's ``exit_code``. Anything else that reaches the user as a traceback is a bug.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["BadInputError", "MissingExtraError", "OutputError", "TifaError", "UsageError"]


class TifaError(Exception):
    """Base of the errors that tifa raises on purpose.

    Args:
        what: what is wrong, in one clause.
        place: the file (and line or item) where it is wrong, if there is one.
        line: 1-based line in ``place``.
        cure: what the user can do about it.
    """

    exit_code = 3

    def __init__(
        self,
        what: str,
        *,
        place: str | Path | None = None,
        line: int | None = None,
        cure: str | None = None,
    ) -> None:
        self.what = what
        self.place = None if place is None else str(place)
        self.line = line
        self.cure = cure
        super().__init__(str(self))

    def __str__(self) -> str:
        """Return the message as one line, without the program's name."""
        where = "" if self.place is None else f"{self.place}:"
        if self.line is not None:
            where += f"{self.line}:"
        text = f"{where} {self.what}" if where else self.what
        if self.cure:
            text += f" ({self.cure})"
        return " ".join(text.split())


class UsageError(TifaError):
    """The command was called in a way that cannot work; exit code 2."""

    exit_code = 2


class BadInputError(TifaError):
    """An input file is missing, unreadable or not what it should be; exit code 3."""


class OutputError(TifaError):
    """The output cannot be written, or would overwrite something; exit code 3."""


class MissingExtraError(TifaError):
    """An optional part of tifa is not installed; exit code 3.

    Args:
        feature: what needs the extra, as a noun phrase ("reading PDF files").
        extra: the extra's name in ``pip install 'tifa-glossary[EXTRA]'``.
    """

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs an optional part that is not installed",
            cure=f"pip install 'tifa-glossary[{extra}]'",
        )
        self.extra = extra
