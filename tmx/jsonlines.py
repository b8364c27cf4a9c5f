"""tifa's lossless JSON lines: reading and writing what both kinds of file have in common.

The first line describes the file, every other line is one value::

    {"schema":"tifa.exchange/1","kind":"glossary","title":"…"}
    {"source":{"id":"essay.zh","language":"zh-Hans","authority":"official"}}
    {"concept":{"id":"c0123456789ab","terms":[{"text":"网络强国","language":"zh-Hans"}]}}
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from glossary.errors import BadInputError, OutputError
from glossary.files import atomic_path
from glossary.plain import from_plain
from tmx.interface import ValueKind
from tmx.records import dump_line
from tmx.textfile import open_text

__all__ = ["SCHEMA", "LineReader", "write_lines"]

#: Identifies the format and its version in the first line of each file.
SCHEMA = "tifa.exchange/1"
#: Characters a line may have: beyond any entry, so that a file without line feeds stops early.
_MAX_LINE = 16 << 20
T = TypeVar("T")


def write_lines(path: Path, head: dict[str, Any], records: Iterable[dict[str, Any]]) -> int:
    """Write the first line and one line for each record; return the number of records.

    Raises:
        OutputError: the file cannot be written.
    """
    count = 0
    with (
        atomic_path(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        try:
            stream.write(dump_line({"schema": SCHEMA, **head}))
            for record in records:
                stream.write(dump_line(record))
                count += 1
        except (TypeError, ValueError) as error:
            raise OutputError(f"cannot be written as JSON: {error}", place=path) from error
    return count


class LineReader:
    """Reads a file of JSON lines: its head at once, its values as they are asked for.

    Args:
        path: the file.
        kind: what it must hold.
        classes: the class of the values by the name on their lines.

    Attributes:
        head: the first line's object without ``schema`` and ``kind``.
        line: the line that was read last, 1-based.

    Raises:
        BadInputError: the file is missing or is not of this format and kind.
    """

    def __init__(self, path: Path, kind: ValueKind, classes: Mapping[str, type[Any]]) -> None:
        self.line = 0
        self._path, self._classes = path, classes
        self._lines = self._read()
        head = next(self._lines, {})
        if head.pop("schema", None) != SCHEMA:
            raise self._fault(f"the first line does not name the schema {SCHEMA}")
        found = head.pop("kind", None)
        if found != kind:
            raise self._fault(f"holds no {kind} but {json.dumps(found)}")
        self.head: dict[str, Any] = head

    def values(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and the value of each line after the first.

        Raises:
            BadInputError: a line is no such value; the message names it.
        """
        for record in self._lines:
            if len(record) != 1:
                raise self._fault("a line must hold one value under its name")
            ((name, plain),) = record.items()
            if name not in self._classes:
                raise self._fault(f"{name!r} is none of {', '.join(self._classes)}")
            yield name, self.checked(functools.partial(from_plain, self._classes[name], plain))

    def checked(self, build: Callable[[], T]) -> T:
        """Return what ``build`` returns; its ValueError becomes an error of the line."""
        try:
            return build()
        except ValueError as error:
            raise self._fault(str(error)) from error

    def _read(self) -> Iterator[dict[str, Any]]:
        with open_text(self._path, None) as stream:
            while text := stream.readline(_MAX_LINE):
                self.line += 1
                if len(text) == _MAX_LINE:
                    raise self._fault("the line is too long")
                if not text.strip():
                    continue
                try:
                    record = json.loads(text)
                except (ValueError, RecursionError) as error:
                    what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
                    raise self._fault(f"is not JSON: {what}") from error
                if type(record) is not dict:
                    raise self._fault("is no JSON object")
                yield record

    def _fault(self, what: str) -> BadInputError:
        return BadInputError(
            what,
            place=self._path,
            line=max(self.line, 1),
            cure="correct the line, or export the file again",
        )
