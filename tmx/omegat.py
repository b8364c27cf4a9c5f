"""OmegaT's glossary: UTF-8, tab-separated, source, target and comment.

OmegaT skips lines that begin with ``#`` and offers every line as valid, so that only valid
renderings are written (read from OmegaT 3.6 and 6.1, ``GlossaryReaderTSV``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from glossary.files import atomic_path
from glossary.model import Concept, Glossary, Term
from tmx.carried import note_features
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import guess_language
from tmx.mt_pairs import concepts_of_pairs
from tmx.renderings import comment_on, single_line, valid_renderings
from tmx.textfile import open_text

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="omegat",
    title="OmegaT glossary",
    extensions=(".utf8.txt", ".utf8", ".txt"),
    kind=ValueKind.GLOSSARY,
    carries=frozenset({Feature.FURTHER_RENDERINGS}),
)

_FIRST_LINE = "# -*- coding: utf-8 -*-\n"


def dump(glossary: Glossary, path: Path) -> DumpReport:
    """Write the valid renderings of a glossary, best first within a concept.

    The comment names status, authority and dates. A source that begins with ``#`` gets a space
    before it, or OmegaT would take its line for a comment.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    sources = {source.id: source for source in glossary.sources}
    # Two concepts may share a rendering; OmegaT would show it twice.
    lines: dict[tuple[str, str], str] = {}
    for rendering in valid_renderings(glossary.concepts, log):
        if rendering.target is None:
            continue
        source = single_line(rendering.source.text, log, rendering.concept.id)
        target = single_line(rendering.target.text, log, rendering.concept.id)
        if not source or not target:
            log.add("empty terms, left out", rendering.concept.id)
            continue
        if source.startswith("#"):
            log.add("sources that begin with #, a space put before it", source)
            source = f" {source}"
        comment = single_line(comment_on(rendering, rendering.target, sources), log)
        lines.setdefault((source, target), comment)
    with (
        atomic_path(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        stream.write(_FIRST_LINE)
        stream.writelines(
            f"{source}\t{target}\t{comment}\n" for (source, target), comment in lines.items()
        )
    note_features(log, glossary, CODEC.carries)
    return log.report(len(lines))


def load(path: Path) -> Glossary:
    """Read an OmegaT glossary; lines with the same source are one concept.

    Raises:
        BadInputError: the file is missing or not UTF-8.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read an OmegaT glossary; the concepts come in the order of their first line.

    Raises:
        BadInputError: as :func:`load`.
    """
    with open_text(path) as stream:
        text = stream.read()
    pairs: list[tuple[Term, Term]] = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        if line.startswith("#") or len(cells) < 2 or not cells[0] or not cells[1]:
            continue
        note = cells[2] if len(cells) > 2 else ""
        source, target = (Term(cell, guess_language(cell)) for cell in cells[:2])
        pairs.append((source, dataclasses.replace(target, note=note)))
    yield from concepts_of_pairs(pairs)
