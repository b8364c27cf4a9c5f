"""Open a text file for reading, with errors that name it; write lines of one."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from glossary.errors import BadInputError
from glossary.files import atomic_path

__all__ = ["MAX_SIZE", "open_text", "write_encoded"]

#: Bytes of a glossary that is read whole: CAT tools take at most 1 GB (Phrase, Trados).
MAX_SIZE = 1 << 30

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@contextmanager
def open_text(path: Path, max_size: int | None = MAX_SIZE) -> Iterator[TextIO]:
    """Open a text file, keeping its line ends: UTF-8 with or without BOM, or UTF-16 with one.

    UTF-16 is what spreadsheets call "Unicode text" and what Wordfast writes.

    Args:
        path: the file.
        max_size: bytes it may have; None where it is read line by line with a limit of its own.

    Raises:
        BadInputError: it cannot be read, is too large, or is in another encoding.
    """
    encoding = "utf-8-sig"
    try:
        if max_size is not None and path.stat().st_size > max_size:
            raise BadInputError(
                f"has more than {max_size >> 20} MiB, which no glossary has",
                place=path,
                cure="is it the right file?",
            )
        with path.open("rb") as raw:
            if raw.read(2) in _UTF16:
                encoding = "utf-16"
        with path.open(encoding=encoding, newline="") as stream:
            yield stream
    except UnicodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise BadInputError(f"is not {name}", place=path, cure="save it as UTF-8") from error
    except OSError as error:
        raise BadInputError(
            f"cannot be read: {error.strerror or error}",
            place=path,
            cure="check its name and permissions",
        ) from error


def write_encoded(path: Path, pieces: Iterable[str], encoding: str = "utf-8") -> None:
    """Write pieces of text as they are, line ends included, whole or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    with (
        atomic_path(path) as temporary,
        temporary.open("w", encoding=encoding, newline="") as stream,
    ):
        stream.writelines(pieces)
