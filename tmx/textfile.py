"""Open a text file for reading, with errors that name it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from glossary.errors import BadInputError

__all__ = ["open_text"]


@contextmanager
def open_text(path: Path, encoding: str = "utf-8-sig") -> Iterator[TextIO]:
    """Open a text file, keeping its line ends; by default UTF-8 with or without BOM.

    Raises:
        BadInputError: it cannot be read or is not in that encoding.
    """
    try:
        with path.open(encoding=encoding, newline="") as stream:
            yield stream
    except UnicodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise BadInputError(f"is not {name}", place=path, cure=f"save it as {name}") from error
    except OSError as error:
        raise BadInputError(
            f"cannot be read: {error.strerror or error}",
            place=path,
            cure="check its name and permissions",
        ) from error
