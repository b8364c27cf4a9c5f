"""Which alignment file is which, and reading those that hold their texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from glossary.align.formats.intertext import load_intertext
from glossary.align.formats.jsonl import load_json_lines
from glossary.align.formats.pairs import load_tmx, load_xliff
from glossary.align.formats.saved import SavedAlignment
from glossary.align.formats.tsv import load_tsv
from glossary.align.formats.workbook import load_workbook
from glossary.errors import UsageError

__all__ = ["is_ladder", "load_alignment"]

#: Readers by the suffix of the file.
_READERS: Mapping[str, Callable[[Path], SavedAlignment]] = {
    ".xlsx": load_workbook,
    ".tsv": load_tsv,
    ".jsonl": load_json_lines,
    ".xml": load_intertext,
    ".tmx": load_tmx,
    ".xlf": load_xliff,
    ".xliff": load_xliff,
}
_LADDERS = (".align", ".ladder", ".hunalign")


def is_ladder(path: Path) -> bool:
    """Return whether a file is a ladder by its name: numbers, of which the texts are elsewhere."""
    return path.suffix.lower() in _LADDERS


def load_alignment(path: Path) -> SavedAlignment:
    """Read an alignment file that holds its texts, in the format that its name says.

    Raises:
        BadInputError: the file cannot be read or is not what its name says.
        MissingExtraError: the format needs an optional part.
        UsageError: the name says no format that can be read.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join((*_READERS, *_LADDERS))
        raise UsageError("is no alignment by its name", place=path, cure=f"known are {known}")
    return reader(path)
