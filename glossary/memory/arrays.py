"""Keep named arrays in one file that opens without being read: what is used is paged in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from glossary.files import atomic_path

__all__ = ["Array", "read_arrays", "write_arrays"]

Array = npt.NDArray[Any]

_MAGIC = b"tifa arrays 1\n"
#: Arrays begin at multiples of a cache line.
_ALIGNED = 64
_KINDS = frozenset({"uint8", "int8", "uint32", "int32", "uint64", "int64", "float32"})


def write_arrays(path: Path, header: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write a header of plain values and one-dimensional arrays, whole or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    described = json.dumps(
        {"header": header, "arrays": [[n, a.dtype.name, a.size] for n, a in arrays.items()]}
    ).encode()
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        file.write(_MAGIC + len(described).to_bytes(8, "little") + described)
        for array in arrays.values():
            file.write(bytes(-file.tell() % _ALIGNED))
            array.tofile(file)


def read_arrays(path: Path) -> tuple[dict[str, Any], dict[str, Array]] | None:
    """Return the header and the arrays of a file, or None if it is not whole and as written."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return None
            described = json.loads(file.read(int.from_bytes(file.read(8), "little")))
            place = file.tell()
        arrays: dict[str, Array] = {}
        for name, kind, length in described["arrays"]:
            if kind not in _KINDS or length < 0:
                return None
            place += -place % _ALIGNED
            end = place + length * np.dtype(kind).itemsize
            if end > size:
                return None
            arrays[name] = (
                np.memmap(path, kind, "r", place, (length,)) if length else np.empty(0, kind)
            )
            place = end
        return (described["header"], arrays) if place == size else None
    except (OSError, ValueError, KeyError, TypeError, MemoryError, OverflowError):
        return None
