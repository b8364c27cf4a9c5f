"""Glossary files by their ending: the text form, and whatever ``tmx`` reads and writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Glossary

__all__ = ["TEXT_ENDING", "read_glossary", "read_text_form", "write_glossary"]

TEXT_ENDING = ".tifa"


def read_glossary(
    path: Path, name: str | None = None, columns: Mapping[str, str] | None = None
) -> Glossary:
    """Return the glossary in a file.

    Args:
        path: the file.
        name: name of its format; by default what its ending and its beginning tell.
        columns: heading or position of the columns of a table, by language or field.

    Raises:
        BadInputError: it is missing or not what its ending says.
        UsageError: it is of no known format, or of one that holds no glossary.
    """
    if path.name.endswith(TEXT_ENDING) and name is None:
        return read_text_form(path)
    from tmx.convert import load_glossary

    return load_glossary(path, name, columns)


def read_text_form(path: Path) -> Glossary:
    """Return the glossary in a file of the text form, whatever it is called.

    Raises:
        BadInputError: it is missing or not such a text.
    """
    from glossary.termbase.text_format import parse_text

    try:
        return parse_text(path.read_bytes().decode("utf-8"), path)
    except OSError as error:
        raise BadInputError(f"cannot be opened: {error.strerror}", place=path) from error
    except UnicodeDecodeError as error:
        raise BadInputError("is not UTF-8", place=path, cure="save it as UTF-8") from error


def write_glossary(glossary: Glossary, path: Path) -> tuple[str, ...]:
    """Write a glossary to a file and return what the format cannot hold, a line each.

    Raises:
        OutputError: the file cannot be written.
        UsageError: its ending tells no format, or one that holds no glossary.
    """
    if path.name.endswith(TEXT_ENDING):
        from glossary.files import write_text
        from glossary.termbase.text_format import dump_text

        write_text(path, dump_text(glossary))
        return ()
    from tmx.convert import write_glossary as write

    report = write(glossary, path)
    return tuple(str(loss) for loss in (*report.losses, *report.not_carried))
