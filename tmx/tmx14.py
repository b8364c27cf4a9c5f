"""TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from glossary.model import Memory, TranslationUnit
from tmx.interface import MEMORY_FEATURES, CodecInfo, DumpReport, ValueKind
from tmx.memory_reader import UnitStream
from tmx.memory_writer import write_memory
from tmx.salvage import SalvageLog

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="tmx",
    title="TMX 1.4b",
    extensions=(".tmx", ".tmx.gz", ".tmx.zip"),
    kind=ValueKind.MEMORY,
    carries=MEMORY_FEATURES,
)


def load(path: Path, *, salvage: SalvageLog | None = None) -> Memory:
    """Read a TMX file (1.1 to 1.4b; plain, gzip or zip; any declared encoding) whole.

    Args:
        path: the file.
        salvage: where what is lost of a damaged file is noted, instead of an error.

    Raises:
        BadInputError: the file is missing, not well formed or not TMX.
    """
    stream = UnitStream(path, salvage=salvage)
    units = tuple(stream)
    header = stream.header
    return Memory(units, header.source_language, header.props, header.notes, header.attributes)


def iter_load(path: Path, *, salvage: SalvageLog | None = None) -> UnitStream:
    """Read a TMX file unit by unit, in constant memory; the result has its ``header``.

    Raises:
        BadInputError: as :func:`load`, where the reading meets the fault.
    """
    return UnitStream(path, salvage=salvage)


def dump(
    memory: Memory,
    path: Path,
    *,
    units: Iterable[TranslationUnit] | None = None,
    languages: Mapping[str, str] | None = None,
    source_first: bool = False,
) -> DumpReport:
    """Write a memory as TMX 1.4b; see :func:`tmx.memory_writer.write_memory`.

    Args:
        memory: what to write.
        path: the file to write.
        units: written instead of the memory's own units, one at a time: with the stream of
            :func:`iter_load` and its header a file of any size is converted in constant memory.
        languages: exchange codes of languages.
        source_first: put the source language first in each unit.

    Raises:
        OutputError: the file cannot be written.
    """
    return write_memory(
        memory,
        memory.units if units is None else units,
        path,
        languages=languages,
        source_first=source_first,
    )
