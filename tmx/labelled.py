"""Data that has no field of its own, as labelled lines of a note: ``in force: 2017/2022``.

A note is the one place that every glossary format and every CAT tool has. A writer puts there what
its format has no category for; a reader takes it from there again, or leaves there what tifa has
no field for; and a writer whose format does have the category lifts the line out of the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Labelled", "join_note", "split_note"]

_LINE = re.compile(r"([A-Za-z][A-Za-z ]*?)(?: \(([^()\s]+)\))?: (.*)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line ``label: value`` or, of one language of an entry, ``label (en-US): value``."""

    label: str
    value: str
    language: str = ""

    def __str__(self) -> str:
        """Return the line; line breaks in the value become spaces."""
        where = f" ({self.language})" if self.language else ""
        return f"{self.label}{where}: {' '.join(self.value.splitlines())}"


def split_note(note: str, labels: Iterable[str]) -> tuple[str, list[Labelled]]:
    """Return the note without the lines that carry one of ``labels``, and those lines."""
    known = frozenset(labels)
    plain: list[str] = []
    labelled: list[Labelled] = []
    for line in note.split("\n"):
        match = _LINE.fullmatch(line)
        if match and match[1] in known:
            labelled.append(Labelled(match[1], match[3], match[2] or ""))
        else:
            plain.append(line)
    return "\n".join(plain), labelled


def join_note(note: str, labelled: Iterable[Labelled]) -> str:
    """Return the note with the lines after it."""
    return "\n".join([*([note] if note else []), *map(str, labelled)])
