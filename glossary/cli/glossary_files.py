"""Glossary files by their ending: the text form, and whatever ``tmx`` reads and writes."""

from __future__ import annotations

from pathlib import Path

from glossary.errors import BadInputError, UsageError
from glossary.model import Glossary

__all__ = ["TEXT_ENDING", "read_glossary", "read_text_form", "write_glossary"]

TEXT_ENDING = ".tifa"


def read_glossary(path: Path) -> Glossary:
    """Return the glossary in a file.

    Raises:
        BadInputError: it is missing or not what its ending says.
        UsageError: its ending tells no format, or one that holds no glossary.
    """
    if path.name.endswith(TEXT_ENDING):
        return read_text_form(path)
    from tmx.registry import codec_for

    glossary = codec_for(path).load(path)
    if not isinstance(glossary, Glossary):
        raise UsageError(f"{path} holds a translation memory, not a glossary")
    return glossary


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
    from tmx.interface import ValueKind
    from tmx.registry import codec_for

    codec = codec_for(path)
    if codec.CODEC.kind is not ValueKind.GLOSSARY:
        raise UsageError(f"{path.name}: {codec.CODEC.title} holds no glossary")
    return tuple(str(loss) for loss in codec.dump(glossary, path).losses)
