"""A glossary as a table of renderings and back: what TSV, CSV and XLSX have in common.

One rendering a row: its terms stand in the columns of their languages, and what is said about the
rendering and about its concept in the columns after them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    TermType,
    concept_id,
    is_chinese,
    valid_date,
)
from tmx.carried import note_features
from tmx.delimited import Row
from tmx.interface import Feature, LossLog
from tmx.renderings import renderings, source_dates
from tmx.table_columns import Columns, resolve_columns
from tmx.xmltext import clean, has_illegal

__all__ = [
    "STATUS_WORDS",
    "TABLE_FEATURES",
    "headings",
    "read_concepts",
    "status_word",
    "table_rows",
]

#: What a table carries; status and the like are those of the rendering.
TABLE_FEATURES = frozenset(
    {
        Feature.SOURCE_SYNONYMS,
        Feature.FURTHER_RENDERINGS,
        Feature.SCRIPT,
        Feature.CONCEPT_ID,
        Feature.CONCEPT_KIND,
        Feature.SUBJECT_FIELD,
        Feature.DEFINITION,
        Feature.CONCEPT_NOTE,
        Feature.REVIEW,
        Feature.TERM_TYPE,
        Feature.STATUS,
        Feature.INVALID_TERMS,
        Feature.AUTHORITY,
        Feature.VALIDITY,
        Feature.PART_OF_SPEECH,
        Feature.TERM_NOTE,
    }
)

_BEFORE = "status authority valid_from valid_to sources dates count kind score".split()
_AFTER = (
    "concept subject_field definition concept_note review part_of_speech term_type note".split()
)
STATUS_WORDS = {
    **{status.value: status for status in AdministrativeStatus},
    "approved": AdministrativeStatus.PREFERRED,
    "allowed": AdministrativeStatus.ADMITTED,
    "forbidden": AdministrativeStatus.DEPRECATED,
    "not recommended": AdministrativeStatus.DEPRECATED,
    "notrecommended": AdministrativeStatus.DEPRECATED,
    "obsolete": AdministrativeStatus.SUPERSEDED,
    "推荐": AdministrativeStatus.PREFERRED,
    "许用": AdministrativeStatus.ADMITTED,
    "禁用": AdministrativeStatus.DEPRECATED,
    "废弃": AdministrativeStatus.SUPERSEDED,
}


def languages_of(glossary: Glossary) -> tuple[str, ...]:
    """Return the headings of the columns of terms, the source language's first.

    Simplified Chinese is headed ``zh``. Renditions in one language without Chinese have two
    columns of it, such as ``en`` and ``en.2``.
    """
    found = dict.fromkeys(term.language for concept in glossary.concepts for term in concept.terms)
    chinese = sorted(tag for tag in found if is_chinese(tag))
    others = [tag for tag in found if not is_chinese(tag)]
    names = ["zh" if tag == "zh-Hans" else tag for tag in chinese] + others
    if not names:
        return ("zh", "en")
    if len(names) == 1:
        return ("zh", "en") if chinese else (names[0], f"{names[0]}.2")
    return tuple(names)


def headings(glossary: Glossary) -> tuple[str, ...]:
    """Return the headings of a glossary's table."""
    languages = languages_of(glossary)
    contexts = (f"{name}_context" for name in languages)
    return (*languages, *_BEFORE, *contexts, *_AFTER)


def table_rows(glossary: Glossary, log: LossLog) -> Iterator[list[str]]:
    """Yield the rows of a glossary's table, without its headings; losses are noted in ``log``."""
    languages = languages_of(glossary)
    sources = {source.id: source for source in glossary.sources}
    # A context of each rendering and the score stand in the table for people.
    note_features(log, glossary, TABLE_FEATURES | {Feature.CONTEXT, Feature.TERM_SCORE})
    for concept in glossary.concepts:
        if not concept.terms:
            log.add("concepts without any term, left out", concept.id)
            continue
        _note_losses(concept, log)
        for pair in _pairs(concept, languages):
            cells = _cells(concept, pair, sources, languages)
            if any(map(has_illegal, cells)):
                log.add("control characters, removed", concept.id)
            yield [clean(cell) for cell in cells]


_Pair = tuple[Term | None, Term | None, tuple[Attestation | None, Attestation | None]]


def _pairs(concept: Concept, languages: tuple[str, ...]) -> Iterator[_Pair]:
    if concept.chinese() or not is_chinese(languages[0]):
        for item in renderings(concept):
            yield item.source, item.target, item.evidence
        return
    # In a table with a column of Chinese a concept without any has its terms one by one.
    for term in concept.terms:
        yield None, term, (None, next(iter(term.attestations), None))


def _cells(
    concept: Concept,
    pair: _Pair,
    sources: Mapping[str, Source],
    languages: tuple[str, ...],
) -> list[str]:
    source, target, evidence = pair
    texts, contexts = [""] * len(languages), [""] * len(languages)
    for term, context, second in ((source, evidence[0], False), (target, evidence[1], True)):
        if term is not None:
            at = _column(term.language, languages, second)
            texts[at] = term.text
            contexts[at] = "" if context is None else context.context
    term = target or source
    assert term is not None
    fields = {
        "status": term.status or "",
        "authority": term.authority.label,
        "valid_from": term.valid_from or "",
        "valid_to": term.valid_to or "",
        "sources": " ".join(dict.fromkeys(item.source_id for item in term.attestations)),
        "dates": " ".join(source_dates((term,), dict(sources))),
        "count": str(term.count),
        "kind": concept.kind,
        "score": "" if term.score is None else f"{term.score.value:.3f}",
        "concept": concept.id,
        "subject_field": concept.subject_field,
        "definition": concept.definition,
        "concept_note": concept.note,
        "review": concept.review,
        "part_of_speech": term.part_of_speech,
        "term_type": term.term_type,
        "note": term.note,
    }
    return [*texts, *(fields[n] for n in _BEFORE), *contexts, *(fields[n] for n in _AFTER)]


def _column(language: str, languages: tuple[str, ...], second: bool) -> int:
    if second and languages[-1] == f"{language}.2":
        return len(languages) - 1
    return languages.index("zh" if language == "zh-Hans" else language)


def _note_losses(concept: Concept, log: LossLog) -> None:
    for term in concept.terms:
        log.add_feature(
            "contexts beyond the first of a rendering", term.text, max(0, term.count - 1)
        )
    for term in concept.chinese() if concept.renderings() else ():
        said = term.note or term.part_of_speech or term.valid_from or term.valid_to
        plain = term.status is None and term.authority is Authority.UNOFFICIAL and not said
        log.add_feature("status and other data of source terms", term.text, not plain)


@dataclass(slots=True)
class _Entry:
    """The terms of a concept as its rows are read."""

    id: str
    line: int
    values: dict[str, str] = field(default_factory=dict)
    sources: dict[tuple[str, str], Term] = field(default_factory=dict)
    targets: list[Term] = field(default_factory=list)


def read_concepts(
    path: Path,
    rows: Iterable[Row],
    mapping: Mapping[str, str],
    cell: Callable[[str], str],
) -> Iterator[Concept]:
    """Yield the concepts of a table in the order of their first row.

    Rows with the same concept id belong together; in a table without ids those with the same
    source term.

    Args:
        path: the table, for messages.
        rows: all its rows.
        mapping: heading or position of columns by language or field.
        cell: gives the text of a cell as it is in the file.

    Raises:
        BadInputError: the columns are not known, or a cell holds what it may not.
    """
    entries: dict[str, _Entry] = {}
    columns: Columns | None = None
    for line, cells in rows:
        if columns is None:
            columns = resolve_columns(path, cells, mapping)
            if columns.header:
                continue
        _read_row(path, line, [cell(text) for text in cells], columns, entries)
    if columns is None:
        resolve_columns(path, (), mapping)
    for entry in entries.values():
        yield _concept(path, entry)


def _read_row(
    path: Path, line: int, cells: list[str], columns: Columns, entries: dict[str, _Entry]
) -> None:
    texts = [(tag, cells[at]) for at, tag in columns.languages if at < len(cells)]
    values = {name: cells[at] for at, name in columns.fields if at < len(cells) and cells[at]}
    first = columns.languages[0][1]
    of_source = {
        at for at, tag in columns.languages if (is_chinese(tag) if is_chinese(first) else False)
    } or {columns.languages[0][0]}
    terms = [
        (at in of_source, tag, text)
        for (at, _), (tag, text) in zip(columns.languages, texts, strict=False)
        if text.strip()
    ]
    if not terms:
        return
    key = values.get("concept") or terms[0][2]
    entry = entries.setdefault(key, _Entry(values.get("concept", ""), line))
    for name, value in values.items():
        entry.values.setdefault(name, value)
    try:
        said = _term_fields(values)
    except ValueError as error:
        raise BadInputError(
            str(error),
            place=path,
            line=line,
            cure="correct the cell, or take its column for a note: --map note=HEADING",
        ) from error
    alone = all(is_source for is_source, _, _ in terms)
    for is_source, tag, text in terms:
        term = Term(text, tag, **(said if alone or not is_source else {}))
        if is_source:
            entry.sources.setdefault((tag, text), term)
        else:
            entry.targets.append(term)


def status_word(cell: str) -> str:
    """Return a status as :data:`STATUS_WORDS` has it: in lower case, without TBX's endings."""
    return re.sub(r"(?i)[\s_-]*term(-admn-sts)?$", "", cell.strip()).lower()


def _term_fields(values: Mapping[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: values[name] for name in ("part_of_speech", "note") if name in values
    }
    if status := values.get("status"):
        word = status_word(status)
        if word not in STATUS_WORDS:
            known = ", ".join(AdministrativeStatus)
            raise ValueError(f"{status!r} is not a valid status; known are {known}")
        said["status"] = STATUS_WORDS[word]
    if authority := values.get("authority"):
        said["authority"] = Authority.from_label(authority)
    for name in ("valid_from", "valid_to"):
        if name in values:
            said[name] = valid_date(values[name].strip())
    if kind := values.get("term_type"):
        said["term_type"] = TermType(kind)
    return said


def _concept(path: Path, entry: _Entry) -> Concept:
    terms = (*entry.sources.values(), *entry.targets)
    values = entry.values
    try:
        return Concept(
            id=entry.id or concept_id(terms[0].text),
            terms=terms,
            kind=ConceptKind(values.get("kind", ConceptKind.TERM)),
            subject_field=values.get("subject_field", ""),
            definition=values.get("definition", ""),
            note=values.get("concept_note", ""),
            review=ReviewState(values.get("review", ReviewState.UNREVIEWED)),
        )
    except ValueError as error:
        raise BadInputError(
            f"the concept that begins here: {error}",
            place=path,
            line=entry.line,
            cure="correct the cell",
        ) from error
