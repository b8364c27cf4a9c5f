"""Read rows as the model's values."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Bead,
    Bitext,
    Concept,
    ConceptKind,
    Document,
    ReviewState,
    Score,
    Segment,
    SegmentRole,
    Source,
    Term,
    TermType,
)

__all__ = ["read_bitext", "read_concepts", "read_sources"]


def read_sources(connection: sqlite3.Connection) -> Iterator[tuple[int, Source]]:
    """Yield the sources with their row numbers, in the order they were added."""
    rows = connection.execute(
        "SELECT number, id, title, publisher, language, date, authority, kind, url, licence "
        "FROM sources ORDER BY number"
    )
    for number, id_, title, publisher, language, date, authority, kind, url, licence in rows:
        yield (
            number,
            Source(id_, title, publisher, language, date, Authority(authority), kind, url, licence),
        )


def read_concepts(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Concept]:
    """Return the concepts with those row numbers, in that order."""
    marks = ",".join("?" * len(numbers))
    terms: dict[int, list[Term]] = defaultdict(list)
    attestations = _read_attestations(connection, numbers, marks)
    for row in connection.execute(
        "SELECT concept, number, text, language, term_type, status, authority, valid_from, "
        "valid_to, part_of_speech, note, score, score_method, score_evidence "
        f"FROM terms WHERE concept IN ({marks}) ORDER BY concept, position",
        numbers,
    ):
        terms[row[0]].append(
            Term(
                text=row[2],
                language=row[3],
                term_type=TermType(row[4]),
                status=None if row[5] is None else AdministrativeStatus(row[5]),
                authority=Authority(row[6]),
                attestations=tuple(attestations.get(row[1], ())),
                valid_from=row[7],
                valid_to=row[8],
                part_of_speech=row[9],
                note=row[10],
                score=_score(*row[11:14]),
            )
        )
    references: dict[int, list[str]] = defaultdict(list)
    for concept, target in connection.execute(
        f"SELECT concept, target FROM cross_references WHERE concept IN ({marks}) "
        "ORDER BY concept, position",
        numbers,
    ):
        references[concept].append(target)
    found = {
        row[0]: Concept(
            id=row[1],
            terms=tuple(terms.get(row[0], ())),
            kind=ConceptKind(row[2]),
            subject_field=row[3],
            definition=row[4],
            note=row[5],
            cross_references=tuple(references.get(row[0], ())),
            review=ReviewState(row[6]),
            score=_score(*row[7:10]),
        )
        for row in connection.execute(
            "SELECT number, id, kind, subject_field, definition, note, review, score, "
            f"score_method, score_evidence FROM concepts WHERE number IN ({marks})",
            numbers,
        )
    }
    return [found[number] for number in numbers if number in found]


def _read_attestations(
    connection: sqlite3.Connection, numbers: Sequence[int], marks: str
) -> dict[int, list[Attestation]]:
    found: dict[int, list[Attestation]] = defaultdict(list)
    for term, source, segment, start, stop, surface, context, bead in connection.execute(
        "SELECT a.term, sources.id, s.segment, a.start, a.stop, a.surface, s.text, a.bead "
        "FROM terms JOIN attestations a ON a.term = terms.number "
        "JOIN sentences s ON s.number = a.sentence JOIN sources ON sources.number = s.source "
        f"WHERE terms.concept IN ({marks}) ORDER BY a.term, a.position",
        numbers,
    ):
        span = (start, stop)
        stands = context[start:stop] if surface is None else surface
        found[term].append(Attestation(source, segment, span, stands, context, bead))
    return found


def _score(value: float | None, method: str | None, evidence: str | None) -> Score | None:
    if method is None:
        return None
    pairs: Iterable[tuple[str, float]] = json.loads(evidence or "[]")
    return Score(value or 0.0, method, tuple((kind, number) for kind, number in pairs))


def read_bitext(connection: sqlite3.Connection, number: int) -> Bitext:
    """Return the bitext with that row number."""
    sources = dict(read_sources(connection))
    id_, method = connection.execute(
        "SELECT id, method FROM bitexts WHERE number = ?", (number,)
    ).fetchone()
    documents = tuple(
        _read_document(connection, row, sources)
        for (row,) in connection.execute(
            "SELECT document FROM renditions WHERE bitext = ? ORDER BY position", (number,)
        ).fetchall()
    )
    members: dict[int, list[list[int]]] = defaultdict(lambda: [[] for _ in documents])
    for bead, rendition, segment in connection.execute(
        "SELECT bead, rendition, segment FROM bead_members WHERE bitext = ? "
        "ORDER BY rendition, segment",
        (number,),
    ):
        members[bead][rendition].append(segment)
    beads = tuple(
        Bead(tuple(tuple(group) for group in members[position]), score, bool(edited))
        for position, score, edited in connection.execute(
            "SELECT position, score, edited FROM beads WHERE bitext = ? ORDER BY position",
            (number,),
        )
    )
    return Bitext(id_, documents, beads, method)


def _read_document(
    connection: sqlite3.Connection, number: int, sources: dict[int, Source]
) -> Document:
    source, text = connection.execute(
        "SELECT source, text FROM documents WHERE number = ?", (number,)
    ).fetchone()
    segments = tuple(
        Segment(sources[row[0]].id, row[1], row[2], (row[3], row[4]), row[5], SegmentRole(row[6]))
        for row in connection.execute(
            "SELECT s.source, s.segment, s.text, g.start, g.stop, g.paragraph, g.role "
            "FROM segments g JOIN sentences s ON s.number = g.sentence "
            "WHERE g.document = ? ORDER BY g.position",
            (number,),
        )
    )
    return Document(sources[source], text, segments)
