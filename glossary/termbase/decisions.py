"""An editor's decisions about a glossary as tables: read, checked, made into concepts.

A table has a row for each rendering and a header of ``COLUMNS``; the rows of a concept stand
together, and its first row says what holds of the concept. ``sources.tsv`` beside the folder of
tables names the documents that rows cite. Tables are what people review and edit; the glossary
that follows from them is written by ``scripts/build_core_glossary.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    ConceptKind,
    Glossary,
    ReviewState,
    Source,
    Term,
    concept_id,
)

__all__ = [
    "COLUMNS",
    "JUDGEMENT",
    "SOURCE_COLUMNS",
    "SUBJECTS",
    "Decisions",
    "Row",
    "SourceRow",
    "glossary_of",
    "read_decisions",
]

COLUMNS = tuple("zh en status authority source from until kind subject definition see note".split())
SOURCE_COLUMNS = tuple("id title publisher date language authority kind url".split())

#: The subject fields of a concept.
SUBJECTS = (
    "party-theory",
    "party-building",
    "politics",
    "state-organs",
    "law",
    "economy",
    "finance",
    "agriculture",
    "society",
    "culture",
    "history",
    "ideology",
    "cyber",
    "science-technology",
    "ecology",
    "foreign-policy",
    "defence",
    "hong-kong-taiwan",
    "ethnic-religious",
    "numeral-formula",
    "slogan",
)

#: The source of a rendering that no document is named for.
JUDGEMENT = Source(
    "judgement",
    title="Editor's judgement",
    publisher="The tifa developers",
    language="en",
    authority=Authority.UNOFFICIAL,
    kind="judgement",
)

#: Renderings stand in this order, of one status the newest first.
_ORDER = tuple(
    AdministrativeStatus[name] for name in "PREFERRED ADMITTED SUPERSEDED DEPRECATED".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """A rendering as its table has it; ``since`` and ``until`` are the validity, maybe empty."""

    file: Path
    line: int
    zh: str
    en: str
    status: str
    authority: str
    source: str
    since: str
    until: str
    kind: str
    subject: str
    definition: str
    see: str
    note: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources it names."""
        return tuple(self.source.split())

    @property
    def see_also(self) -> tuple[str, ...]:
        """The heads of the concepts it refers to."""
        return tuple(part.strip() for part in self.see.split("；") if part.strip())


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as ``sources.tsv`` has it, unchecked."""

    file: Path
    line: int
    id: str
    title: str
    publisher: str
    date: str
    language: str
    authority: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All rows of a folder, files in the order of their names, and the sources."""

    rows: tuple[Row, ...]
    sources: tuple[SourceRow, ...]

    def concepts(self) -> Iterator[tuple[Row, ...]]:
        """Yield the rows of each concept: those with one ``zh`` that stand together in a file."""
        group: list[Row] = []
        for row in self.rows:
            if group and (row.zh, row.file) != (group[0].zh, group[0].file):
                yield tuple(group)
                group = []
            group.append(row)
        if group:
            yield tuple(group)


def read_decisions(folder: Path) -> Decisions:
    """Return the tables ``decisions/*.tsv`` and ``sources.tsv`` of a folder.

    Raises:
        BadInputError: a file is missing, not UTF-8, or a line has not the columns of its header.
    """
    rows = [
        Row(file, line, *cells)
        for file in sorted((folder / "decisions").glob("*.tsv"))
        for line, cells in _table(file, COLUMNS)
    ]
    file = folder / "sources.tsv"
    sources = [SourceRow(file, line, *cells) for line, cells in _table(file, SOURCE_COLUMNS)]
    return Decisions(tuple(rows), tuple(sources))


def _table(file: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the cells of each row below the header, all columns filled."""
    try:
        lines = file.read_bytes().decode("utf-8").splitlines()
    except OSError as error:
        raise BadInputError(f"cannot be opened: {error.strerror}", place=file) from error
    except UnicodeDecodeError as error:
        raise BadInputError("is not UTF-8", place=file, cure="save it as UTF-8") from error
    header = "\t".join(columns)
    if not lines or lines[0] != header:
        raise BadInputError("has another header", place=file, line=1, cure=f"write {header!r}")
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) > len(columns):
            raise BadInputError(
                f"has {len(cells)} cells, the header {len(columns)}", place=file, line=number
            )
        yield number, cells + [""] * (len(columns) - len(cells))


def glossary_of(decisions: Decisions, title: str = "") -> Glossary:
    """Return the glossary that checked decisions make, concepts in the order of their tables.

    Each rendering has an attestation without a sentence for each of its sources: the facts are
    kept, the documents' text is not. Traditional forms are not made: look-ups fold them, and what
    is right in Taipei or Hong Kong cannot be derived character by character.

    Raises:
        ValueError: the decisions were not checked (``glossary.termbase.decision_checks``).
    """
    concepts = tuple(_concept(rows) for rows in decisions.concepts())
    cited = {
        attestation.source_id
        for concept in concepts
        for term in concept.terms
        for attestation in term.attestations
    }
    known = [JUDGEMENT, *map(_source, decisions.sources)]
    return Glossary(concepts, tuple(source for source in known if source.id in cited), title)


def _source(row: SourceRow) -> Source:
    return Source(
        row.id,
        title=row.title,
        publisher=row.publisher,
        language=row.language,
        date=row.date or None,
        authority=Authority.from_label(row.authority),
        kind=row.kind,
        url=row.url,
    )


def _concept(rows: Sequence[Row]) -> Concept:
    first = rows[0]
    renderings = [_rendering(row) for row in rows]
    # Twice, since sorting is stable: the newest first, then by status.
    renderings.sort(key=lambda term: term.valid_from or "", reverse=True)
    renderings.sort(key=lambda term: _ORDER.index(term.status or AdministrativeStatus.ADMITTED))
    return Concept(
        concept_id(first.zh),
        (
            Term(
                first.zh,
                "zh-Hans",
                status=AdministrativeStatus.PREFERRED,
                authority=max(term.authority for term in renderings),
            ),
            *renderings,
        ),
        kind=ConceptKind(first.kind),
        subject_field=first.subject,
        definition=first.definition,
        cross_references=tuple(concept_id(head) for head in first.see_also),
        review=ReviewState.ACCEPTED,
    )


def _rendering(row: Row) -> Term:
    return Term(
        row.en,
        "en",
        status=AdministrativeStatus(row.status),
        authority=Authority.from_label(row.authority),
        attestations=tuple(
            Attestation(source, -1, (0, 0), surface="", context="") for source in row.sources
        ),
        valid_from=row.since or None,
        valid_to=row.until or None,
        note=row.note,
    )
