"""tifa's lossless JSON lines for glossaries: everything a glossary holds, one object a line.

For programs, for archives and for diffs by line; nothing is left out, whatever characters the text
has.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from glossary.model import Concept, Glossary, Source
from glossary.plain import from_plain
from tmx.interface import GLOSSARY_FEATURES, CodecInfo, DumpReport, ValueKind
from tmx.jsonlines import LineReader, write_lines
from tmx.records import to_record

__all__ = ["CODEC", "RECORD_CLASSES", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="jsonl",
    title="tifa JSON lines, glossary",
    extensions=(".jsonl", ".glossary.jsonl"),
    kind=ValueKind.GLOSSARY,
    carries=GLOSSARY_FEATURES,
)
#: The values of a file by the name on their lines.
RECORD_CLASSES: dict[str, type[Any]] = {"source": Source, "concept": Concept}


def dump(glossary: Glossary, path: Path) -> DumpReport:
    """Write a glossary whole: its title, its sources, then its concepts.

    Raises:
        OutputError: the file cannot be written.
    """
    head = {"kind": ValueKind.GLOSSARY.value, "title": glossary.title}

    def records() -> Iterator[dict[str, Any]]:
        for source in glossary.sources:
            yield {"source": to_record(source)}
        for concept in glossary.concepts:
            yield {"concept": to_record(concept)}

    write_lines(path, head, records())
    return DumpReport(len(glossary.concepts))


def load(path: Path) -> Glossary:
    """Read a glossary whole.

    Raises:
        BadInputError: the file is missing or a line of it is not of this format.
    """
    reader = LineReader(path, ValueKind.GLOSSARY, RECORD_CLASSES)
    title = reader.checked(lambda: _title(reader.head))
    sources: list[Source] = []
    concepts: list[Concept] = []
    for _, value in reader.values():
        if isinstance(value, Source):
            sources.append(value)
        else:
            concepts.append(value)
    return Glossary(tuple(concepts), tuple(sources), title)


def iter_load(path: Path) -> Iterator[Concept]:
    """Read a glossary concept by concept.

    Raises:
        BadInputError: as :func:`load`, where the reading meets the fault.
    """
    reader = LineReader(path, ValueKind.GLOSSARY, RECORD_CLASSES)
    return (value for name, value in reader.values() if name == "concept")


def _title(head: dict[str, Any]) -> str:
    unknown = head.keys() - {"title"}
    if unknown:
        raise ValueError(f"the first line has no field {min(unknown)!r}")
    return from_plain(str, head.get("title", ""))
