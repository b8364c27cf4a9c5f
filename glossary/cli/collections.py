"""A glossary wherever it is kept: a termbase, the text form or an exchange file.

Termbases and texts are known by their content: version control hands over files of passing names.
"""

from __future__ import annotations

from pathlib import Path

from glossary.model import Glossary

__all__ = ["is_termbase", "is_text", "read_collection", "write_text_form"]

#: How an SQLite file begins (SQLite file format, 1.3.1).
_SQLITE = b"SQLite format 3\0"
_TEXT = b"tifa-glossary "


def is_termbase(path: Path) -> bool:
    """Return whether a path is a termbase, or a folder, which may hold one."""
    return path.is_dir() or _begins(path, _SQLITE)


def is_text(path: Path) -> bool:
    """Return whether a file is a glossary in the text form."""
    return _begins(path, _TEXT)


def _begins(path: Path, signature: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(signature)) == signature
    except OSError:
        return False


def read_collection(path: Path) -> Glossary:
    """Return all concepts and sources that a termbase or glossary file holds.

    Raises:
        BadInputError: it is missing or not what it seems to be.
        UsageError: its ending tells no format, or one that holds no glossary.
    """
    if is_termbase(path):
        from glossary.termbase import Termbase

        with Termbase.open(path, readonly=True) as base:
            return base.glossary()
    from glossary.cli.glossary_files import read_glossary, read_text_form

    return read_text_form(path) if is_text(path) else read_glossary(path)


def write_text_form(glossary: Glossary, path: Path) -> None:
    """Write a glossary in the text form, whatever the file is called.

    Raises:
        OutputError: the file cannot be written.
    """
    from glossary.files import write_text
    from glossary.termbase.text_format import dump_text

    write_text(path, dump_text(glossary))
