"""tifa's table of renderings: UTF-8, tab-separated, a header, one rendering a line.

Made to be opened in a spreadsheet: cells with tabs, line breaks or quotation marks are quoted as
spreadsheets do.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from glossary.errors import BadInputError
from glossary.files import atomic_path
from glossary.model import (
    AdministrativeStatus,
    Authority,
    Concept,
    ConceptKind,
    Glossary,
    Source,
    Term,
    concept_id,
)
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import guess_language
from tmx.renderings import Rendering, renderings, source_dates
from tmx.textfile import open_text
from tmx.xmltext import clean

__all__ = ["CODEC", "COLUMNS", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="tsv",
    title="tifa table of renderings (TSV)",
    extensions=(".tsv",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset(
        {
            Feature.CONCEPT_ID,
            Feature.CONCEPT_KIND,
            Feature.STATUS,
            Feature.INVALID_TERMS,
            Feature.AUTHORITY,
            Feature.VALIDITY,
        }
    ),
)

#: The columns; of a glossary without Chinese the first two hold the two renditions.
COLUMNS = (
    "zh",
    "en",
    "status",
    "authority",
    "valid_from",
    "valid_to",
    "sources",
    "dates",
    "count",
    "kind",
    "score",
    "zh_context",
    "en_context",
    "concept",
)


def dump(glossary: Glossary, path: Path) -> DumpReport:
    """Write the renderings of a glossary; status, authority and dates are those of the rendering.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    lines = 0
    sources = {source.id: source for source in glossary.sources}
    with (
        atomic_path(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as stream,
    ):
        writer = csv.writer(stream, "excel-tab", lineterminator="\n")
        writer.writerow(COLUMNS)
        for concept in glossary.concepts:
            if not concept.terms:
                log.add("concepts without any term, left out", concept.id)
                continue
            for rendering in renderings(concept):
                cells = [clean(cell) for cell in _cells(rendering, sources)]
                writer.writerow(cells)
                lines += 1
    return log.report(lines)


def _cells(rendering: Rendering, sources: dict[str, Source]) -> list[str]:
    concept, term = rendering.concept, rendering.target or rendering.source
    contexts = ("" if item is None else item.context for item in rendering.evidence)
    return [
        rendering.source.text,
        rendering.target.text if rendering.target else "",
        term.status or "",
        term.authority.label,
        term.valid_from or "",
        term.valid_to or "",
        " ".join(dict.fromkeys(item.source_id for item in term.attestations)),
        " ".join(source_dates((term,), sources)),
        str(term.count),
        concept.kind,
        "" if term.score is None else f"{term.score.value:.3f}",
        *contexts,
        concept.id,
    ]


def load(path: Path) -> Glossary:
    """Read a table of renderings. Only the first column is needed; the others may be missing.

    Raises:
        BadInputError: the file is missing, not UTF-8, or has not the header of such a table.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read a table of renderings concept by concept; lines of a concept stand together.

    Raises:
        BadInputError: as :func:`load`.
    """
    with open_text(path) as stream:
        yield from _concepts(path, stream)


def _concepts(path: Path, stream: Iterator[str]) -> Iterator[Concept]:
    rows = csv.DictReader(stream, dialect="excel-tab", restval="")
    try:
        if not {"zh", "en"} <= set(rows.fieldnames or ()):
            raise BadInputError(
                "the first line does not name the columns zh and en",
                place=path,
                line=1,
                cure="give the table a header; other tables are read with a mapping of columns",
            )
        group: list[dict[str, str]] = []
        for row in rows:
            key = row.get("concept") or row["zh"]
            if group and key != (group[0].get("concept") or group[0]["zh"]):
                yield _concept(path, rows.line_num, group)
                group = []
            group.append(row)
        if group:
            yield _concept(path, rows.line_num, group)
    except csv.Error as error:
        raise BadInputError(
            f"is not a table: {error}", place=path, line=rows.line_num, cure="export it again"
        ) from error


def _concept(path: Path, line: int, rows: list[dict[str, str]]) -> Concept:
    sources: dict[str, Term] = {}
    targets: list[Term] = []
    try:
        for row in rows:
            status = AdministrativeStatus(row["status"]) if row.get("status") else None
            authority = Authority.from_label(row.get("authority") or Authority.UNOFFICIAL.label)
            dates = (row.get("valid_from") or None, row.get("valid_to") or None)
            source = Term(row["zh"], guess_language(row["zh"]))
            if row["en"]:
                targets.append(
                    Term(
                        row["en"],
                        guess_language(row["en"]),
                        status=status,
                        authority=authority,
                        valid_from=dates[0],
                        valid_to=dates[1],
                    )
                )
            sources.setdefault(source.text, source)
        return Concept(
            id=rows[0].get("concept") or concept_id(rows[0]["zh"]),
            terms=(*sources.values(), *targets),
            kind=ConceptKind(rows[0].get("kind") or ConceptKind.TERM),
        )
    except ValueError as error:
        raise BadInputError(
            f"the concept before this line: {error}", place=path, line=line, cure="correct the cell"
        ) from error
