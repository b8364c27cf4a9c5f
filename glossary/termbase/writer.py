"""Write the model's values as rows, and record what stood there before."""

from __future__ import annotations

import hashlib
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from glossary.model import Bitext, Concept, Document, Score, Source, Term
from glossary.plain import to_plain
from glossary.termbase.forms import FormWriter
from glossary.termbase.rows import read_bitext, read_concepts, read_sources
from glossary.termbase.trigrams import add_trigrams, remove_trigrams

__all__ = ["Writer"]

#: Concepts written together; larger batches are not faster.
_BATCH = 500
#: Sentences remembered within a transaction, so that few are asked for twice.
_REMEMBERED = 100_000


class Writer:
    """Writes within one transaction; ``finish`` before it ends.

    Row numbers are given out here: the transaction holds the write lock from its start.
    """

    def __init__(self, connection: sqlite3.Connection, transaction: int | None) -> None:
        """Make a writer that records under ``transaction``, or without one not at all."""
        self._connection = connection
        self._transaction = transaction
        self._forms = FormWriter(connection)
        self._sources = {source.id: (number, source) for number, source in read_sources(connection)}
        self._sentences: dict[tuple[int, int], dict[str, int]] = {}
        self._counters: dict[str, Iterator[int]] = {}
        self._position = itertools.count()
        self._released_forms: set[int] = set()
        self._released_sentences: set[int] = set()

    def finish(self) -> None:
        """Remove what nothing refers to any more and complete the search index."""
        self._connection.executemany(
            "DELETE FROM sentences WHERE number = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM segments WHERE sentence = ?1) "
            "AND NOT EXISTS (SELECT 1 FROM attestations WHERE sentence = ?1)",
            [(number,) for number in sorted(self._released_sentences)],
        )
        self._forms.remove_unused(self._released_forms)
        self._forms.flush()

    def _next(self, table: str) -> int:
        counter = self._counters.get(table)
        if counter is None:
            (last,) = self._connection.execute(
                f"SELECT coalesce(max(number), 0) FROM {table}"
            ).fetchone()
            counter = self._counters[table] = itertools.count(last + 1)
        return next(counter)

    def _record(self, kind: str, id_: str, row: int, before: object) -> None:
        if self._transaction is None:
            return
        plain = None if before is None else json.dumps(to_plain(before), ensure_ascii=False)
        self._connection.execute(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?)",
            (self._transaction, next(self._position), kind, id_, row, plain),
        )

    # Sources and sentences

    def put_source(self, source: Source, row: int | None = None) -> int:
        """Write a source over the one of the same id, if there is one; return its row number."""
        number, before = self._sources.get(source.id, (None, None))
        if number is None:
            number = row or self._next("sources")
        if before == source:
            return number
        self._record("source", source.id, number, before)
        self._connection.execute(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) "
            "DO UPDATE SET (title, publisher, language, date, authority, kind, url, licence) = "
            "(excluded.title, excluded.publisher, excluded.language, excluded.date, "
            "excluded.authority, excluded.kind, excluded.url, excluded.licence)",
            (
                number,
                source.id,
                source.title,
                source.publisher,
                source.language,
                source.date,
                int(source.authority),
                source.kind,
                source.url,
                source.licence,
            ),
        )
        self._sources[source.id] = (number, source)
        return number

    def remove_source(self, id_: str) -> None:
        """Remove a source that no sentence belongs to any more."""
        number, before = self._sources.pop(id_)
        self._record("source", id_, number, before)
        self._sweep_sentences(number)
        self._connection.execute("DELETE FROM sources WHERE number = ?", (number,))

    def _sweep_sentences(self, source: int) -> None:
        self._connection.execute(
            "DELETE FROM sentences WHERE source = ? "
            "AND NOT EXISTS (SELECT 1 FROM segments WHERE sentence = sentences.number) "
            "AND NOT EXISTS (SELECT 1 FROM attestations WHERE sentence = sentences.number)",
            (source,),
        )

    def _source_number(self, id_: str) -> int:
        """Return the row number of a source, a bare one if nothing else is known of it."""
        known = self._sources.get(id_)
        return known[0] if known else self.put_source(Source(id_))

    def _sentence(self, source_id: str, segment: int, text: str) -> int:
        place = (self._source_number(source_id), segment)
        here = self._sentences.get(place)
        if here is None:
            if len(self._sentences) > _REMEMBERED:
                self._sentences.clear()
            here = self._sentences[place] = dict(
                self._connection.execute(
                    "SELECT text, number FROM sentences WHERE source = ? AND segment = ?", place
                )
            )
        number = here.get(text)
        if number is None:
            number = here[text] = self._next("sentences")
            self._connection.execute(
                "INSERT INTO sentences VALUES (?, ?, ?, ?)", (number, *place, text)
            )
        return number

    # Bitexts

    def put_bitext(self, bitext: Bitext, row: int | None = None) -> None:
        """Write a bitext over the one of the same id, if there is one."""
        replaced = self._remove_bitext_rows(bitext.id)
        number = replaced or row or self._next("bitexts")
        if not replaced:
            self._record("bitext", bitext.id, number, None)
        self._connection.execute(
            "INSERT INTO bitexts VALUES (?, ?, ?)", (number, bitext.id, bitext.method)
        )
        self._connection.executemany(
            "INSERT INTO renditions VALUES (?, ?, ?)",
            [
                (number, position, self._put_document(document))
                for position, document in enumerate(bitext.documents)
            ],
        )
        self._connection.executemany(
            "INSERT INTO beads VALUES (?, ?, ?, ?)",
            [
                (number, position, bead.score, bead.edited)
                for position, bead in enumerate(bitext.beads)
            ],
        )
        self._connection.executemany(
            "INSERT INTO bead_members VALUES (?, ?, ?, ?)",
            [
                (number, rendition, segment, position)
                for position, bead in enumerate(bitext.beads)
                for rendition, group in enumerate(bead.members)
                for segment in group
            ],
        )
        self._remove_unused_documents()

    def remove_bitext(self, id_: str) -> None:
        """Remove a bitext and the documents that belong to no other."""
        self._remove_bitext_rows(id_)
        self._remove_unused_documents()

    def _remove_bitext_rows(self, id_: str) -> int | None:
        row = self._connection.execute("SELECT number FROM bitexts WHERE id = ?", (id_,)).fetchone()
        if row is None:
            return None
        number: int = row[0]
        self._record("bitext", id_, number, read_bitext(self._connection, number))
        self._connection.execute("DELETE FROM bitexts WHERE number = ?", (number,))
        return number

    def _remove_unused_documents(self) -> None:
        unused = self._connection.execute(
            "SELECT number FROM documents WHERE number NOT IN (SELECT document FROM renditions)"
        ).fetchall()
        for document in unused:
            self._released_sentences.update(
                number
                for (number,) in self._connection.execute(
                    "SELECT sentence FROM segments WHERE document = ?", document
                )
            )
            self._connection.execute("DELETE FROM documents WHERE number = ?", document)

    def _put_document(self, document: Document) -> int:
        source = self.put_source(document.source)
        segments = [to_plain(segment) for segment in document.segments]
        digest = hashlib.sha256(json.dumps([document.text, segments]).encode()).hexdigest()
        known = self._connection.execute(
            "SELECT number FROM documents WHERE source = ? AND digest = ?", (source, digest)
        ).fetchone()
        if known:
            return int(known[0])
        number = self._next("documents")
        self._connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?)", (number, source, digest, document.text)
        )
        self._connection.executemany(
            "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    number,
                    position,
                    self._sentence(segment.source_id, segment.index, segment.text),
                    *segment.span,
                    segment.paragraph,
                    segment.role.value,
                )
                for position, segment in enumerate(document.segments)
            ],
        )
        return number

    # Concepts

    def put_concepts(self, concepts: Iterable[Concept], row: int | None = None) -> None:
        """Write concepts over those of the same ids, if there are any."""
        batch: dict[str, Concept] = {}
        for concept in concepts:
            if concept.id in batch or len(batch) == _BATCH:
                self._put_batch(list(batch.values()), row)
                batch.clear()
            batch[concept.id] = concept
        self._put_batch(list(batch.values()), row)

    def remove_concept(self, id_: str) -> None:
        """Remove a concept."""
        row = self._connection.execute(
            "SELECT number FROM concepts WHERE id = ?", (id_,)
        ).fetchone()
        if row is not None:
            self._remove_concept_rows(id_, row[0])

    def _remove_concept_rows(self, id_: str, number: int) -> None:
        (before,) = read_concepts(self._connection, [number])
        self._record("concept", id_, number, before)
        remove_trigrams(
            self._connection,
            self._connection.execute(
                "SELECT number, text, language FROM terms WHERE concept = ?", (number,)
            ).fetchall(),
        )
        self._released_forms.update(
            form
            for (form,) in self._connection.execute(
                "SELECT form FROM terms WHERE concept = ?", (number,)
            )
        )
        self._released_sentences.update(
            sentence
            for (sentence,) in self._connection.execute(
                "SELECT a.sentence FROM terms JOIN attestations a ON a.term = terms.number "
                "WHERE terms.concept = ?",
                (number,),
            )
        )
        self._connection.execute("DELETE FROM concepts WHERE number = ?", (number,))

    def _put_batch(self, batch: Sequence[Concept], row: int | None) -> None:
        forms = iter(
            self._forms.numbers((term.text, term.language) for c in batch for term in c.terms)
        )
        concepts, references, terms, attestations = [], [], [], []
        spelt: list[tuple[int, str, str]] = []
        for concept in batch:
            known = self._connection.execute(
                "SELECT number FROM concepts WHERE id = ?", (concept.id,)
            ).fetchone()
            if known:
                number = int(known[0])
                self._remove_concept_rows(concept.id, number)
            else:
                number = row or self._next("concepts")
                self._record("concept", concept.id, number, None)
            concepts.append(_concept_row(number, concept))
            references += [
                (number, position, target)
                for position, target in enumerate(concept.cross_references)
            ]
            for position, term in enumerate(concept.terms):
                term_number = self._next("terms")
                spelt.append((term_number, term.text, term.language))
                terms.append(_term_row(term_number, number, position, next(forms), term))
                attestations += [
                    (
                        term_number,
                        index,
                        self._sentence(a.source_id, a.segment, a.context),
                        *a.span,
                        None if a.context[slice(*a.span)] == a.surface else a.surface,
                        a.bead,
                    )
                    for index, a in enumerate(term.attestations)
                ]
        for table, rows in (
            ("concepts", concepts),
            ("cross_references", references),
            ("terms", terms),
            ("attestations", attestations),
        ):
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        add_trigrams(self._connection, spelt)


def _score_columns(score: Score | None) -> tuple[float | None, str | None, str | None]:
    if score is None:
        return None, None, None
    return score.value, score.method, json.dumps(score.evidence, ensure_ascii=False)


def _concept_row(number: int, concept: Concept) -> tuple[object, ...]:
    return (
        number,
        concept.id,
        concept.kind.value,
        concept.subject_field,
        concept.definition,
        concept.note,
        concept.review.value,
        *_score_columns(concept.score),
    )


def _term_row(
    number: int, concept: int, position: int, form: int, term: Term
) -> tuple[object, ...]:
    return (
        number,
        concept,
        position,
        form,
        term.text,
        term.language,
        term.term_type.value,
        None if term.status is None else term.status.value,
        int(term.authority),
        term.valid_from,
        term.valid_to,
        term.part_of_speech,
        term.note,
        *_score_columns(term.score),
    )
