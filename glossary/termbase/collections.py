"""A glossary wherever it is kept: a termbase, the text form or an exchange file.

Termbases and texts are known by their content: version control hands over files of passing names.
"""

from __future__ import annotations

from pathlib import Path

from glossary.model import Glossary

__all__ = ["is_text", "read_collection", "write_text_form"]

#: How the text form begins.
_TEXT = b"tifa-glossary "


def is_text(path: Path) -> bool:
    """Return whether a file is a glossary in the text form."""
    try:
        with path.open("rb") as file:
            return file.read(len(_TEXT)) == _TEXT
    except OSError:
        return False


def read_collection(path: Path) -> Glossary:
    """Return all concepts and sources that a termbase or glossary file holds.

    Raises:
        BadInputError: it is missing or not what it seems to be.
        UsageError: its ending tells no format, or one that holds no glossary.
    """
    from glossary.termbase import Termbase, is_termbase

    if is_termbase(path):
        with Termbase.open(path, readonly=True) as base:
            return base.glossary()
    from glossary.termbase.glossary_files import read_glossary, read_text_form

    return read_text_form(path) if is_text(path) else read_glossary(path)


def write_text_form(glossary: Glossary, path: Path) -> None:
    """Write a glossary in the text form, whatever the file is called.

    Raises:
        OutputError: the file cannot be written.
    """
    from glossary.files import write_text
    from glossary.termbase.text_format import dump_text

    write_text(path, dump_text(glossary))
