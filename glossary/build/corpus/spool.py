"""The file in which a corpus harvest keeps what it has done: memory stays bounded, work resumable.

SQLite rather than an analytical engine: the counting is one pass of upserts over candidates, and
everything else is read in the order it was written.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from glossary.build.corpus.reading import Chunk, Pair, Sentences
from glossary.errors import BadInputError, OutputError
from glossary.model import Concept, Source
from glossary.plain import from_plain, to_plain

__all__ = ["Block", "Spool"]

_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE texts (id INTEGER PRIMARY KEY, sources TEXT NOT NULL UNIQUE, method TEXT NOT NULL);
CREATE TABLE pairs (
    id INTEGER PRIMARY KEY, text INTEGER NOT NULL, number INTEGER NOT NULL,
    chinese TEXT NOT NULL, english TEXT NOT NULL, keys TEXT NOT NULL, block INTEGER
);
CREATE TABLE counts (key TEXT PRIMARY KEY, pairs INTEGER NOT NULL, chosen INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE blocks (id INTEGER PRIMARY KEY, text INTEGER NOT NULL, done INTEGER NOT NULL);
CREATE TABLE found (concept TEXT NOT NULL, block INTEGER NOT NULL, plain TEXT NOT NULL);
CREATE TABLE merged (score REAL NOT NULL, head TEXT NOT NULL, plain TEXT NOT NULL);
"""
#: Pairs of one text that are harvested together: enough for its words' statistics.
BLOCK = 500
# How many candidates a pair has to help in the rounds of the choice.
_GAINS = (16, 8, 4, 2, 1)

#: A block's number, its sources and its pairs.
Block = tuple[int, tuple[Source, Source], list[Pair]]


class Spool:
    """What is known of a corpus so far."""

    def __init__(self, path: Path, job: str) -> None:
        """Open the file of a job, or begin one.

        Args:
            path: the file.
            job: what is done to what; a file of another job is refused.

        Raises:
            BadInputError: the file is none of ours, or of another job.
            OutputError: it cannot be written.
        """
        self._path = path
        new = not path.exists()
        with self._reported():
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            if new:
                self._connection.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
                self._note("job", job)
            if self.fact("job") != job:
                raise BadInputError(
                    "is the work of another harvest", place=path, cure="name another --work FILE"
                )

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "") in {"SQLITE_NOTADB", "SQLITE_ERROR"}:
                raise BadInputError(
                    "is not the work of a corpus harvest",
                    place=self._path,
                    cure="name another --work FILE",
                ) from error
            raise OutputError(f"cannot be written: {error}", place=self._path) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._reported():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def fact(self, name: str) -> str:
        """Return what was noted under a name, or an empty string."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _note(self, name: str, value: object) -> None:
        self._connection.execute("REPLACE INTO facts VALUES (?, ?)", (name, str(value)))

    def count_of_pairs(self) -> int:
        """Return how many pairs have been read."""
        return int(self._connection.execute("SELECT count(*) FROM pairs").fetchone()[0])

    def signatures(self) -> list[str]:
        """Return the methods by which the texts were aligned, and the number of sources."""
        rows = self._connection.execute("SELECT DISTINCT method FROM texts ORDER BY id")
        texts = self._connection.execute("SELECT count(*) FROM texts").fetchone()[0]
        return [*(row[0] for row in rows), f"sources:{2 * texts}"]

    def sources(self) -> Iterator[Source]:
        """Yield the sources of all texts."""
        for (sources,) in self._connection.execute("SELECT sources FROM texts ORDER BY id"):
            yield from (from_plain(Source, plain) for plain in json.loads(sources))

    def add(self, chunk: Chunk, keys: Sequence[Sequence[str]]) -> None:
        """Keep a chunk with the candidates of each of its pairs, and count them."""
        counts = Counter(key for some in keys for key in some)
        with self._transaction():
            sources = _dumped([to_plain(source) for source in chunk.sources])
            self._connection.execute(
                "INSERT OR IGNORE INTO texts (sources, method) VALUES (?, ?)",
                (sources, chunk.method),
            )
            text = self._connection.execute(
                "SELECT id FROM texts WHERE sources = ?", (sources,)
            ).fetchone()[0]
            self._connection.executemany(
                "INSERT INTO pairs (text, number, chinese, english, keys) VALUES (?, ?, ?, ?, ?)",
                (
                    (
                        text,
                        pair.number,
                        _dumped(pair.chinese),
                        _dumped(pair.english),
                        "\n".join(some),
                    )
                    for pair, some in zip(chunk.pairs, keys, strict=True)
                ),
            )
            self._connection.executemany(
                "INSERT INTO counts VALUES (?, ?, 0) "
                "ON CONFLICT (key) DO UPDATE SET pairs = pairs + excluded.pairs",
                counts.items(),
            )
            self._note("position", chunk.position)

    def finish_reading(self) -> None:
        """Note that the whole corpus has been read."""
        self._note("read", "yes")

    def choose(self, least: int, enough: int | None) -> None:
        """Choose the pairs to read closely, in blocks of one text.

        A pair is chosen if it has a candidate that stands in at least ``least`` pairs and of which
        fewer than ``enough`` have been chosen, or any number: early ones first, as they come, but
        those with several such candidates before those with one (greedy set cover).
        """
        with self._transaction():
            if enough is None:
                self._connection.execute("UPDATE pairs SET block = 0")
            else:
                for gain in _GAINS:
                    self._choose_round(least, enough, gain)
            self._cut_into_blocks()
            self._connection.execute("CREATE INDEX pairs_of_block ON pairs (block)")
            self._note("chosen", "yes")

    def _choose_round(self, least: int, enough: int, gain: int) -> None:
        last = 0
        while rows := self._connection.execute(
            "SELECT id, keys, block FROM pairs WHERE id > ? ORDER BY id LIMIT 5000", (last,)
        ).fetchall():
            last = rows[-1][0]
            wanted = self._wanted([row[1].split("\n") for row in rows], least)
            chosen: list[tuple[int]] = []
            for pair, keys, block in rows:
                some = [key for key in keys.split("\n") if key in wanted]
                if block is None and sum(wanted[key] < enough for key in some) >= gain:
                    chosen.append((pair,))
                    for key in some:
                        wanted[key] += 1
            self._connection.executemany("UPDATE pairs SET block = 0 WHERE id = ?", chosen)
            self._connection.executemany(
                "UPDATE counts SET chosen = ? WHERE key = ?",
                ((count, key) for key, count in wanted.items()),
            )

    def _cut_into_blocks(self) -> None:
        block, text, size = 0, -1, 0
        placed: list[tuple[int, int]] = []
        for pair, its_text in self._connection.execute(
            "SELECT id, text FROM pairs WHERE block IS NOT NULL ORDER BY id"
        ).fetchall():
            if text != its_text or size >= BLOCK:
                block, text, size = block + 1, its_text, 0
                self._connection.execute("INSERT INTO blocks VALUES (?, ?, 0)", (block, text))
            size += 1
            placed.append((block, pair))
        self._connection.executemany("UPDATE pairs SET block = ? WHERE id = ?", placed)

    def _wanted(self, keys: Iterable[Sequence[str]], least: int) -> dict[str, int]:
        """Return the frequent ones of some candidates, with how often each has been chosen."""
        found = {}
        for key in dict.fromkeys(key for some in keys for key in some):
            row = self._connection.execute(
                "SELECT pairs, chosen FROM counts WHERE key = ?", (key,)
            ).fetchone()
            if row and row[0] >= least:
                found[key] = int(row[1])
        return found

    def count_of_blocks(self) -> tuple[int, int]:
        """Return how many blocks are to be read closely, and how many have been."""
        row = self._connection.execute("SELECT count(*), total(done) FROM blocks").fetchone()
        return int(row[0]), int(row[1])

    def waiting(self) -> Iterator[Block]:
        """Yield the blocks that are still to be read closely."""
        numbers = self._connection.execute("SELECT id FROM blocks WHERE NOT done ORDER BY id")
        for (number,) in numbers.fetchall():
            sources = self._connection.execute(
                "SELECT sources FROM texts JOIN blocks ON texts.id = blocks.text "
                "WHERE blocks.id = ?",
                (number,),
            ).fetchone()[0]
            first, second = (from_plain(Source, plain) for plain in json.loads(sources))
            rows = self._connection.execute(
                "SELECT number, chinese, english FROM pairs WHERE block = ? ORDER BY id", (number,)
            )
            pairs = [Pair(row[0], _sentences(row[1]), _sentences(row[2])) for row in rows]
            yield number, (first, second), pairs

    def finish_block(self, number: int, concepts: Iterable[Concept]) -> None:
        """Keep what a block gave."""
        with self._transaction():
            self._connection.executemany(
                "INSERT INTO found VALUES (?, ?, ?)",
                (
                    (concept.id, number, _dumped(to_plain(concept, defaults=False)))
                    for concept in concepts
                ),
            )
            self._connection.execute("UPDATE blocks SET done = 1 WHERE id = ?", (number,))

    def groups(self) -> Iterator[list[Concept]]:
        """Yield what the blocks gave for each concept."""
        with self._reported():
            self._connection.execute("CREATE INDEX IF NOT EXISTS by_concept ON found (concept)")
        rows = self._connection.execute("SELECT concept, plain FROM found ORDER BY concept, block")
        group: list[Concept] = []
        for _, plain in rows:
            concept = from_plain(Concept, json.loads(plain))
            if group and group[0].id != concept.id:
                yield group
                group = []
            group.append(concept)
        if group:
            yield group

    def occurrences(self, key: str) -> int:
        """Return in how many pairs of the corpus a candidate stands."""
        row = self._connection.execute("SELECT pairs FROM counts WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def keep_merged(self, concepts: Iterable[Concept]) -> None:
        """Keep the concepts of the whole corpus, in place of those kept before."""
        with self._transaction():
            self._connection.execute("DELETE FROM merged")
            self._connection.executemany(
                "INSERT INTO merged VALUES (?, ?, ?)", map(_merged_row, concepts)
            )

    def merged_heads(self) -> list[tuple[int, str]]:
        """Return the number and the head of each concept of the whole corpus."""
        rows = self._connection.execute("SELECT rowid, head FROM merged ORDER BY rowid")
        return [(int(number), str(head)) for number, head in rows]

    def merged_concept(self, number: int) -> Concept:
        """Return a concept of the whole corpus."""
        (plain,) = self._connection.execute(
            "SELECT plain FROM merged WHERE rowid = ?", (number,)
        ).fetchone()
        return from_plain(Concept, json.loads(plain))

    def replace_merged(self, numbers: Sequence[int], concept: Concept) -> None:
        """Put a concept in place of those with these numbers."""
        with self._transaction():
            self._connection.executemany(
                "DELETE FROM merged WHERE rowid = ?", ((number,) for number in numbers)
            )
            self._connection.execute("INSERT INTO merged VALUES (?, ?, ?)", _merged_row(concept))

    def merged(self) -> Iterator[Concept]:
        """Yield the concepts of the whole corpus, best first."""
        for (plain,) in self._connection.execute(
            "SELECT plain FROM merged ORDER BY score DESC, head"
        ):
            yield from_plain(Concept, json.loads(plain))


def _merged_row(concept: Concept) -> tuple[float, str, str]:
    score = concept.score.value if concept.score else 0.0
    return score, concept.head, _dumped(to_plain(concept, defaults=False))


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sentences(dumped: str) -> Sentences:
    return tuple((index, text) for index, text in json.loads(dumped))
