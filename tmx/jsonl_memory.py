"""tifa's lossless JSON lines for translation memories: one unit a line, in constant memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from glossary.model import Memory, TranslationUnit
from glossary.plain import from_plain
from tmx.interface import MEMORY_FEATURES, CodecInfo, DumpReport, ValueKind
from tmx.jsonlines import LineReader, write_lines
from tmx.records import to_record
from tmx.unitcodes import in_codes, source_first_in

__all__ = ["CODEC", "RecordStream", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="jsonl-memory",
    title="tifa JSON lines, memory",
    extensions=(".memory.jsonl", ".jsonl"),
    kind=ValueKind.MEMORY,
    carries=MEMORY_FEATURES,
)


class RecordStream(Iterator[TranslationUnit]):
    """The units of a file, one after the other.

    Attributes:
        header: the memory without its units.

    Raises:
        BadInputError: the file is missing or not of this format.
    """

    def __init__(self, path: Path) -> None:
        reader = LineReader(path, ValueKind.MEMORY, {"unit": TranslationUnit})
        head = {"units": [], **reader.head}
        self.header = reader.checked(lambda: from_plain(Memory, head))
        self._values = reader.values()

    def __next__(self) -> TranslationUnit:
        """Return the next unit."""
        unit: TranslationUnit = next(self._values)[1]
        return unit


def load(path: Path) -> Memory:
    """Read a memory whole.

    Raises:
        BadInputError: the file is missing or a line of it is not of this format.
    """
    stream = RecordStream(path)
    return dataclasses.replace(stream.header, units=tuple(stream))


def iter_load(path: Path) -> RecordStream:
    """Read a memory unit by unit; the result has its ``header``.

    Raises:
        BadInputError: as :func:`load`, where the reading meets the fault.
    """
    return RecordStream(path)


def dump(
    memory: Memory,
    path: Path,
    *,
    units: Iterable[TranslationUnit] | None = None,
    languages: Mapping[str, str] | None = None,
    source_first: bool = False,
) -> DumpReport:
    """Write a memory whole; the options are those of :func:`tmx.tmx14.dump`.

    Raises:
        OutputError: the file cannot be written.
    """
    codes = languages or {}
    header = dataclasses.replace(
        memory, units=(), source_language=codes.get(memory.source_language, memory.source_language)
    )
    head = to_record(header)
    del head["units"]
    chosen: Iterable[TranslationUnit] = memory.units if units is None else units
    if codes:
        chosen = (in_codes(unit, lambda code: codes.get(code, code)) for unit in chosen)
    if source_first:
        chosen = (source_first_in(unit, header.source_language) for unit in chosen)
    records = ({"unit": to_record(unit)} for unit in chosen)
    return DumpReport(write_lines(path, {"kind": ValueKind.MEMORY.value, **head}, records))
