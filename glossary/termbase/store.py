"""The termbase: concepts, bitexts and sources in one SQLite file."""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from glossary.errors import BadInputError, OutputError, UsageError
from glossary.model import Bitext, Concept, Glossary, Source
from glossary.termbase.connection import connect, create_file, translated_errors
from glossary.termbase.existing import Existing
from glossary.termbase.index import FormIndex
from glossary.termbase.rows import read_bitext, read_concepts, read_sources
from glossary.termbase.sentences import SentenceIndex

if TYPE_CHECKING:
    from glossary.termbase.writer import Writer

__all__ = ["Counts", "Termbase", "Transaction", "timestamp"]

_READ_BATCH = 500


@dataclass(frozen=True, slots=True)
class Transaction:
    """A step in the life of a termbase: who changed what, when (ISO 30042 ``transacGrp``).

    Attributes:
        at: ISO 8601 in UTC, or empty if it was not to be recorded.
    """

    number: int
    at: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a termbase holds."""

    concepts: int
    terms: int
    attestations: int
    sources: int
    bitexts: int
    sentences: int


def timestamp(*, wall_clock: bool = False) -> str:
    """Return the time to record: ``SOURCE_DATE_EPOCH``, else now if asked, else nothing.

    Raises:
        UsageError: ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None and not wall_clock:
        return ""
    try:
        moment = (
            datetime.datetime.now(datetime.UTC)
            if epoch is None
            else datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        )
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}", cure="set it to seconds since 1970, or unset it"
        ) from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Termbase:
    """A termbase file. Use it in a ``with`` statement, or ``close`` it.

    Whatever goes in comes out equal and in the order it was added. Changes are written in
    transactions: whole or not at all, also when two programs write or one is killed.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Wrap a connection; use ``open`` or ``create`` instead."""
        self._path = path
        self._connection = connection
        self._file = _identity(path)
        self._writer: Writer | None = None

    @classmethod
    def create(cls, path: str | Path, *, overwrite: bool = False) -> Termbase:
        """Make an empty termbase and open it.

        Raises:
            OutputError: the file exists and is not to be overwritten, or cannot be written.
        """
        path = Path(path)
        if path.exists() and not overwrite:
            raise OutputError("exists already", place=path, cure="choose another name")
        create_file(path)
        return cls.open(path)

    @classmethod
    def open(cls, path: str | Path, *, readonly: bool = False) -> Termbase:
        """Open a termbase file, or the ``termbase.sqlite`` of a folder that a build wrote.

        Raises:
            BadInputError: there is no such file, it is no termbase, damaged or of a newer tifa.
        """
        path = Path(path)
        if path.is_dir():
            path = path / "termbase.sqlite"
        return cls(path, connect(path, readonly=readonly))

    def close(self) -> None:
        """Close the file; nothing but the file itself stays."""
        with translated_errors(self._path):
            self._connection.close()

    def __enter__(self) -> Termbase:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    @property
    def index(self) -> FormIndex:
        """The search index; ``glossary.lookup`` asks it."""
        return FormIndex(self._connection, self._path)

    @property
    def sentences(self) -> SentenceIndex:
        """The sentences of all documents and attestations."""
        return SentenceIndex(self._connection, self._path)

    # Write

    @contextmanager
    def transaction(self, what: str, *, who: str = "", at: str | None = None) -> Iterator[None]:
        """Make all changes within the ``with`` block one step, to be undone together.

        If the block raises, none of them is made.

        Args:
            what: the verb or a short sentence, for people.
            who: a person or a program.
            at: ISO 8601 in UTC; without it ``SOURCE_DATE_EPOCH``, or nothing is recorded.
        """
        with self._writing():
            cursor = self._connection.execute(
                "INSERT INTO transactions (at, who, what) VALUES (?, ?, ?)",
                (timestamp() if at is None else at, who, what),
            )
            self._writer = _new_writer(self._connection, cursor.lastrowid)
            try:
                yield
                self._writer.finish()
            finally:
                self._writer = None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._connection.in_transaction:
            raise RuntimeError("a transaction is open already")
        with translated_errors(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._check_in_place()
                yield
            except BaseException:
                # A full disk may have rolled back already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _check_in_place(self) -> None:
        """Write nothing into a file that another one has replaced: nobody would ever see it."""
        if _identity(self._path) != self._file:
            raise OutputError(
                "was replaced by another program; nothing was changed",
                place=self._path,
                cure="start again: what was kept before is in the new file if a build wrote it",
            )

    @contextmanager
    def _step(self, what: str) -> Iterator[Writer]:
        """Yield the writer of the open transaction, or open one."""
        if self._writer is not None:
            yield self._writer
            return
        with self.transaction(what):
            assert self._writer is not None
            yield self._writer

    def add_sources(self, sources: Iterable[Source]) -> None:
        """Add sources; one with the id of another takes its place."""
        with self._step("add sources") as writer:
            for source in sources:
                writer.put_source(source)

    def add_bitext(self, bitext: Bitext) -> None:
        """Add a bitext with its documents and their sources; it replaces the one of its id."""
        with self._step("add bitext") as writer:
            writer.put_bitext(bitext)

    def add_concepts(
        self, concepts: Iterable[Concept], *, existing: Existing = Existing.REPLACE
    ) -> int:
        """Add concepts and return how many were written.

        Sources that their attestations name and the termbase lacks are added as bare ids.

        Raises:
            BadInputError: ``existing`` is REFUSE and an id is taken; nothing is written.
        """
        written = 0

        def admitted() -> Iterator[Concept]:
            nonlocal written
            for concept in concepts:
                if existing is not Existing.REPLACE and self._number(concept.id) is not None:
                    if existing is Existing.REFUSE:
                        raise BadInputError(
                            f"concept {concept.id} ({concept.head}) is there already",
                            place=self._path,
                            cure="skip or replace it",
                        )
                    continue
                written += 1
                yield concept

        with self._step("add concepts") as writer:
            writer.put_concepts(admitted())
        return written

    def remove_concepts(self, ids: Iterable[str]) -> None:
        """Remove the concepts with those ids; ids that name none are passed over."""
        with self._step("remove concepts") as writer:
            for id_ in ids:
                writer.remove_concept(id_)

    def undo(self) -> Transaction | None:
        """Take the last transaction back and return it, or None if there is none.

        The termbase then holds what it held before, in the same order.
        """
        with self._writing():
            row = self._connection.execute(
                "SELECT number, at, who, what FROM transactions ORDER BY number DESC LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            changes = self._connection.execute(
                'SELECT kind, id, row, before FROM changes WHERE "transaction" = ? '
                # Sources last: what else is taken back may still refer to them.
                "ORDER BY kind = 'source', position DESC",
                (row[0],),
            ).fetchall()
            writer = _new_writer(self._connection, None)
            for kind, id_, number, before in changes:
                _take_back(writer, kind, id_, number, before)
            writer.finish()
            self._connection.execute("DELETE FROM transactions WHERE number = ?", (row[0],))
        return Transaction(*row)

    # Read

    def _number(self, concept_id: str) -> int | None:
        row = self._connection.execute(
            "SELECT number FROM concepts WHERE id = ?", (concept_id,)
        ).fetchone()
        return None if row is None else int(row[0])

    def concept(self, concept_id: str) -> Concept | None:
        """Return the concept of that id, or None."""
        with translated_errors(self._path):
            number = self._number(concept_id)
            return None if number is None else read_concepts(self._connection, [number])[0]

    def concepts(self) -> Iterator[Concept]:
        """Yield all concepts, a few hundred in memory at a time."""
        last = 0
        while True:
            with translated_errors(self._path):
                numbers = [
                    number
                    for (number,) in self._connection.execute(
                        "SELECT number FROM concepts WHERE number > ? ORDER BY number LIMIT ?",
                        (last, _READ_BATCH),
                    )
                ]
                concepts = read_concepts(self._connection, numbers) if numbers else []
            if not numbers:
                return
            yield from concepts
            last = numbers[-1]

    def sources(self) -> tuple[Source, ...]:
        """Return all sources."""
        with translated_errors(self._path):
            return tuple(source for _, source in read_sources(self._connection))

    def bitexts(self) -> Iterator[Bitext]:
        """Yield all bitexts."""
        with translated_errors(self._path):
            numbers = self._connection.execute(
                "SELECT number FROM bitexts ORDER BY number"
            ).fetchall()
        for (number,) in numbers:
            with translated_errors(self._path):
                bitext = read_bitext(self._connection, number)
            yield bitext

    def glossary(self, title: str = "") -> Glossary:
        """Return all concepts and sources as one value."""
        return Glossary(tuple(self.concepts()), self.sources(), title)

    def transactions(self) -> tuple[Transaction, ...]:
        """Return the steps that made the termbase what it is, oldest first."""
        with translated_errors(self._path):
            return tuple(
                Transaction(*row)
                for row in self._connection.execute(
                    "SELECT number, at, who, what FROM transactions ORDER BY number"
                )
            )

    def counts(self) -> Counts:
        """Return how much the termbase holds."""
        with translated_errors(self._path):
            return Counts(
                *(
                    self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                    for table in (
                        "concepts",
                        "terms",
                        "attestations",
                        "sources",
                        "bitexts",
                        "sentences",
                    )
                )
            )


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one of its name; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _new_writer(connection: sqlite3.Connection, transaction: int | None) -> Writer:
    # Imported here: most commands only read, and start-up counts.
    from glossary.termbase.writer import Writer

    return Writer(connection, transaction)


def _take_back(writer: Writer, kind: str, id_: str, row: int, before: str | None) -> None:
    """Undo one change: remove what it added, or write what it replaced or removed."""
    import json

    from glossary.plain import from_plain

    if before is None:
        remove = {
            "source": writer.remove_source,
            "bitext": writer.remove_bitext,
            "concept": writer.remove_concept,
        }[kind]
        remove(id_)
    elif kind == "source":
        writer.put_source(from_plain(Source, json.loads(before)), row)
    elif kind == "bitext":
        writer.put_bitext(from_plain(Bitext, json.loads(before)), row)
    else:
        writer.put_concepts([from_plain(Concept, json.loads(before))], row)
