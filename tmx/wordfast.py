"""Wordfast's glossary: tab-separated source, target and comment in UTF-16.

Wordfast Classic takes text for Unicode if it is UTF-16 with a byte order mark; there is no header
and no quoting (Wordfast Classic manual, "Glossaries").
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from glossary.model import Concept, Glossary, Term
from tmx.carried import note_features
from tmx.delimited import read_rows
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import guess_language
from tmx.mt_pairs import concepts_of_pairs
from tmx.renderings import comment_on, single_line, valid_renderings
from tmx.textfile import write_encoded

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="wordfast",
    title="Wordfast glossary",
    extensions=(".wordfast.txt",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset({Feature.FURTHER_RENDERINGS}),
)


def dump(glossary: Glossary, path: Path) -> DumpReport:
    """Write the valid renderings of a glossary, best first within a concept.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    sources = {source.id: source for source in glossary.sources}
    lines: dict[tuple[str, str], str] = {}
    for rendering in valid_renderings(glossary.concepts, log):
        assert rendering.target is not None
        place = rendering.concept.id
        source = single_line(rendering.source.text, log, place)
        target = single_line(rendering.target.text, log, place)
        if not source or not target:
            log.add("empty terms, left out", place)
            continue
        comment = single_line(comment_on(rendering, rendering.target, sources), log)
        lines.setdefault((source, target), comment)
    # "utf-16" would follow the machine's byte order.
    pieces = (f"{source}\t{target}\t{note}\r\n" for (source, target), note in lines.items())
    write_encoded(path, ("\ufeff", *pieces), "utf-16-le")
    note_features(log, glossary, CODEC.carries)
    return log.report(len(lines))


def load(path: Path) -> Glossary:
    """Read a Wordfast glossary in UTF-16 or UTF-8; lines with the same source are one concept.

    Raises:
        BadInputError: the file is missing or in another encoding.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read a Wordfast glossary; the concepts come in the order of their first line.

    Raises:
        BadInputError: as :func:`load`.
    """
    pairs: list[tuple[Term, Term]] = []
    for _, row in read_rows(path, "\t", quoted=False):
        cells = [cell.strip() for cell in row]
        if len(cells) > 1 and cells[0] and cells[1]:
            source, target = (Term(cell, guess_language(cell)) for cell in cells[:2])
            note = cells[2] if len(cells) > 2 else ""
            pairs.append((source, dataclasses.replace(target, note=note)))
    yield from concepts_of_pairs(pairs)
