"""Every codec there is, found by name or by file name, imported when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, cast

from glossary.errors import UsageError
from tmx.interface import CodecInfo, DumpReport, ValueKind

__all__ = ["Codec", "codec", "codec_for", "codecs"]

#: Name of each format and the module in this package that reads and writes it. Of several that
#: share an extension the first is the one meant by it.
_MODULES = {
    "tmx": "tmx14",
    "tbx2": "tbx2",
    "tbx3": "tbx3",
    "jsonl": "jsonl",
    "jsonl-memory": "jsonl_memory",
    "tsv": "tsv",
    "csv": "csv_table",
    "xlsx": "xlsx",
    "omegat": "omegat",
    "multiterm": "multiterm",
    "memoq": "memoq",
    "wordfast": "wordfast",
    "utx": "utx",
    "xliff2": "xliff2",
    "po": "po",
    "skos": "skos",
    "deepl": "deepl",
    "google": "google",
    "aws": "aws",
    "microsoft": "microsoft",
    "microsoft-dictionary": "microsoft_workbook",
    "modernmt": "modernmt",
    "tmx-glossary": "tmx_glossary",
}


class Codec(Protocol):
    """A module that reads and writes one format."""

    CODEC: CodecInfo

    def load(self, path: Path) -> Any:  # noqa: ANN401 - a Memory or a Glossary
        """Read a file whole."""

    def iter_load(self, path: Path) -> Iterator[Any]:
        """Read a file unit by unit or concept by concept."""

    def dump(self, value: Any, path: Path, **options: Any) -> DumpReport:  # noqa: ANN401
        """Write a value; the codec's own function documents its options."""


def codec(name: str) -> Codec:
    """Return the codec of a format.

    Raises:
        UsageError: there is no such format; the message lists those there are.
    """
    try:
        module = _MODULES[name]
    except KeyError:
        raise UsageError(
            f"unknown format {name!r}", cure=f"known are {', '.join(_MODULES)}"
        ) from None
    return cast("Codec", importlib.import_module(f"tmx.{module}"))


def codecs() -> tuple[CodecInfo, ...]:
    """Return the descriptions of all codecs."""
    return tuple(codec(name).CODEC for name in _MODULES)


def codec_for(path: Path, kind: ValueKind | None = None) -> Codec:
    """Return the codec that a file name asks for, by its longest known ending.

    Args:
        path: only its name is looked at.
        kind: of formats with the same ending those that hold this go first.

    Raises:
        UsageError: no format has that ending; the message lists the endings known.
    """
    name = path.name.lower()
    found = [
        (info.kind is kind, len(extension), -index, info.name)
        for index, info in enumerate(codecs())
        for extension in info.extensions
        if name.endswith(extension)
    ]
    if not found:
        known = ", ".join(sorted({ending for info in codecs() for ending in info.extensions}))
        raise UsageError(
            f"{path.name}: its ending tells no format",
            cure=f"name the format, or use one of {known}",
        )
    return codec(max(found)[3])
