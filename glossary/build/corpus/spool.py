"""The file in which a corpus harvest keeps what it has done: memory stays bounded, work resumable.

SQLite rather than an analytical engine: the counts are a table of candidates to which each batch of
pairs is added, and everything else is read in the order it was written.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import math
import operator
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from glossary.build.corpus.cover import cover
from glossary.build.corpus.nesting import Head
from glossary.build.corpus.reading import Chunk, Pair, Sentences
from glossary.errors import BadInputError, OutputError
from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.citation import phrase_key
from glossary.model import Concept, ConceptKind, Source
from glossary.plain import from_plain, to_plain

__all__ = ["Batch", "Block", "Spool"]

#: Pairs of one text that are harvested together: enough for its words' statistics.
BLOCK = 500
#: The same as the sum of the pairs' products of Chinese and English characters, to which what
#: links the words of long pairs takes memory: 300 MB.
BLOCK_AREA = 10_000_000
# What a pair costs to read besides its characters, as so many of them.
_BASE = 20
# The golden ratio as an integer of 32 bits (Knuth 1998, 6.4): its multiples fall evenly.
_GOLDEN, _PERIOD = 2_654_435_769, 1 << 32
# Pairs that are taken from the file at a time.
_BATCH = 5000

#: A block's number, its sources, its pairs, and the candidates that are asked of it; None for all.
Block = tuple[int, tuple[Source, Source], list[Pair], frozenset[str] | None]
#: Numbers of pairs, and the Chinese text of each.
Batch = tuple[list[int], list[str]]


class Spool:
    """What is known of a corpus so far."""

    def __init__(self, path: Path, job: str) -> None:
        """Open the file of a job, or begin one.

        Args:
            path: the file.
            job: what is done to what; a file of another job is refused.

        Raises:
            BadInputError: the file is none of ours, of another job, or another process has it.
            OutputError: it cannot be written.
        """
        self._path = path
        new = not path.exists()
        with self._reported():
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
            # Two harvests on one file would count the same pairs twice.
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            if new:
                schema = (files("glossary.build.corpus") / "schema.sql").read_text(encoding="utf-8")
                self._connection.executescript(f"BEGIN; {schema} COMMIT;")
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
            name = getattr(error, "sqlite_errorname", "")
            if name == "SQLITE_BUSY":
                raise BadInputError(
                    "is in use by another harvest",
                    place=self._path,
                    cure="wait for its end, or name another --work FILE",
                ) from error
            if name in {"SQLITE_NOTADB", "SQLITE_ERROR"}:
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

    def add(self, chunk: Chunk) -> None:
        """Keep a chunk."""
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
                "INSERT INTO pairs (text, number, chinese, english) VALUES (?, ?, ?, ?)",
                (
                    (text, pair.number, _dumped(pair.chinese), _dumped(pair.english))
                    for pair in chunk.pairs
                ),
            )
            self._note("position", chunk.position)

    def finish(self, stage: str) -> None:
        """Note that a stage is over."""
        self._note(f"{stage} over", "yes")

    def is_over(self, stage: str) -> bool:
        """Return whether a stage is over."""
        return bool(self.fact(f"{stage} over"))

    def sample(self, size: int) -> Iterator[Batch]:
        """Yield the Chinese of about so many pairs, after those whose candidates are kept.

        They are spread evenly, but not in equal steps, in which a corpus may repeat itself: pair n
        is taken if the fraction of n times the golden ratio is small.
        """
        most = size * _PERIOD // max(1, self.count_of_pairs())
        last = int(self.fact("sampled") or 0)
        return self._batches(last, f"AND id * {_GOLDEN} % {_PERIOD} < :most", {"most": most})

    def uncounted(self) -> Iterator[Batch]:
        """Yield the Chinese of all pairs, after those that have been counted."""
        return self._batches(int(self.fact("counted") or 0))

    def _batches(
        self, last: int, condition: str = "", values: Mapping[str, int] | None = None
    ) -> Iterator[Batch]:
        while rows := self._connection.execute(
            f"SELECT id, chinese FROM pairs WHERE id > :last {condition} ORDER BY id LIMIT :batch",
            {**(values or {}), "last": last, "batch": _BATCH},
        ).fetchall():
            last = rows[-1][0]
            yield (
                [number for number, _ in rows],
                ["".join(text for _, text in _sentences(chinese)) for _, chinese in rows],
            )

    def add_candidates(
        self, batch: Batch, keys: Sequence[Sequence[str]], likely: Mapping[str, float]
    ) -> None:
        """Keep the candidates of the pairs of a batch, and how likely each is to be a term."""
        numbers, _ = batch
        with self._transaction():
            self._connection.executemany(
                "INSERT INTO sample VALUES (?, ?)",
                ((pair, "\n".join(some)) for pair, some in zip(numbers, keys, strict=True)),
            )
            self._connection.executemany(
                "INSERT INTO counts VALUES (?, 0, ?) "
                "ON CONFLICT (key) DO UPDATE SET likely = max(likely, excluded.likely)",
                sorted(likely.items()),
            )
            self._note("sampled", numbers[-1])

    def candidates(self) -> Iterator[str]:
        """Yield the candidates."""
        for (key,) in self._connection.execute("SELECT key FROM counts ORDER BY key"):
            yield key

    def add_counts(self, batch: Batch, counts: Mapping[str, int]) -> None:
        """Add to the counts of candidates those of a batch."""
        with self._transaction():
            self._connection.executemany(
                "UPDATE counts SET pairs = pairs + ? WHERE key = ?",
                ((count, key) for key, count in sorted(counts.items())),
            )
            self._note("counted", batch[0][-1])

    def choose(self, least: int, enough: int, most: int | None) -> None:
        """Choose the pairs to read closely, in blocks of one text.

        Args:
            least: in how many pairs of the corpus a candidate has to stand to be looked for.
            enough: in how many chosen pairs it has to stand.
            most: how many pairs may be chosen; None for the whole corpus.
        """
        with self._transaction():
            if most is None:
                self._connection.execute("UPDATE pairs SET block = 0")
            else:
                self._connection.executemany(
                    "UPDATE pairs SET block = 0 WHERE id = ?",
                    ((pair,) for pair in self._worth_reading(least, enough, most)),
                )
            self._cut_into_blocks()
            self._connection.execute("CREATE INDEX pairs_of_block ON pairs (block)")
            self.finish("choose")

    def _worth_reading(self, least: int, enough: int, most: int) -> list[int]:
        number: dict[str, int] = {}
        values: list[float] = []
        for key, count, likely in self._connection.execute(
            "SELECT key, pairs, likely FROM counts WHERE pairs >= ?", (least,)
        ):
            number[key] = len(values)
            values.append(likely * math.log2(count + 1))
        pairs: list[int] = []
        members: list[list[int]] = []
        costs: list[float] = []
        for pair, keys, size in self._connection.execute(
            "SELECT pair, keys, length(chinese) FROM sample JOIN pairs ON id = pair ORDER BY pair"
        ):
            pairs.append(pair)
            members.append([number[key] for key in keys.split("\n") if key in number])
            costs.append(_BASE + size)
        return [pairs[n] for n in cover(members, values, costs, enough, most)]

    def _cut_into_blocks(self) -> None:
        block, text, size, area = 0, -1, 0, 0
        placed: list[tuple[int, int]] = []
        for pair, its_text, its_area in self._connection.execute(
            "SELECT id, text, length(chinese) * length(english) "
            "FROM pairs WHERE block IS NOT NULL ORDER BY id"
        ).fetchall():
            if text != its_text or size >= BLOCK or area >= BLOCK_AREA:
                block, text, size, area = block + 1, its_text, 0, 0
                self._connection.execute("INSERT INTO blocks VALUES (?, ?, 0)", (block, text))
            size, area = size + 1, area + its_area
            placed.append((block, pair))
        self._connection.executemany("UPDATE pairs SET block = ? WHERE id = ?", placed)

    def count_of_blocks(self) -> tuple[int, int]:
        """Return how many blocks are to be read closely, and how many have been."""
        row = self._connection.execute("SELECT count(*), total(done) FROM blocks").fetchone()
        return int(row[0]), int(row[1])

    def waiting(self, least: int | None) -> Iterator[Block]:
        """Yield the blocks that are still to be read closely.

        Args:
            least: in how many pairs of the corpus a candidate has to stand; None to ask for all.
        """
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
            asked = None if least is None else self._frequent(number, least)
            yield number, (first, second), pairs, asked

    def _frequent(self, block: int, least: int) -> frozenset[str]:
        rows = self._connection.execute(
            "SELECT keys FROM sample JOIN pairs ON id = pair WHERE block = ?", (block,)
        )
        keys = {key for (some,) in rows for key in some.split("\n")}
        return frozenset(key for key in keys if self.occurrences(key) >= least)

    def finish_block(self, number: int, concepts: Iterable[Concept]) -> None:
        """Keep what a block gave."""
        with self._transaction():
            self._connection.executemany(
                "INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((concept.id, number, *_row(concept)) for concept in concepts),
            )
            self._connection.execute("UPDATE blocks SET done = 1 WHERE id = ?", (number,))

    def merge(self, merge: Callable[[list[Concept]], Concept]) -> None:
        """Make the concepts of the whole corpus of what the blocks gave.

        Args:
            merge: is given what several blocks gave for one concept; what one alone gave is taken
                over as it is.
        """
        with self._transaction():
            self._connection.execute("CREATE INDEX IF NOT EXISTS by_concept ON found (concept)")
            self._connection.execute("DELETE FROM merged")
            self._connection.execute(
                "INSERT INTO merged SELECT score, head, kind, rendering, plain FROM found "
                "GROUP BY concept HAVING count(*) = 1 ORDER BY concept"
            )
            self._connection.executemany(
                "INSERT INTO merged VALUES (?, ?, ?, ?, ?)",
                (_row(merge(group)) for group in self._groups()),
            )

    def _groups(self) -> Iterator[list[Concept]]:
        rows = self._connection.execute(
            "SELECT concept, plain FROM found WHERE concept IN "
            "(SELECT concept FROM found GROUP BY concept HAVING count(*) > 1) "
            "ORDER BY concept, block"
        )
        for _, group in itertools.groupby(rows, key=operator.itemgetter(0)):
            yield [from_plain(Concept, json.loads(plain)) for _, plain in group]

    def occurrences(self, key: str) -> int:
        """Return in how many pairs of the corpus a candidate stands."""
        row = self._connection.execute("SELECT pairs FROM counts WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def merged_heads(self) -> list[tuple[int, str]]:
        """Return the number and the head of each concept of the whole corpus."""
        rows = self._connection.execute("SELECT rowid, head FROM merged ORDER BY rowid")
        return [(int(number), str(head)) for number, head in rows]

    def counted_heads(self) -> Iterator[tuple[int, str, Head]]:
        """Yield the number, the head and what is compared of each concept, best first."""
        counts = dict(self._connection.execute("SELECT key, pairs FROM counts"))
        for number, score, head, kind, rendering in self._connection.execute(
            "SELECT rowid, score, head, kind, rendering FROM merged ORDER BY score DESC, head"
        ):
            pairs = counts.get(normal_form(head), 0)
            yield number, head, Head(score, ConceptKind(kind), rendering, pairs)

    def weigh_merged(self, numbers: Iterable[int], weight: float) -> None:
        """Multiply the scores of concepts of the whole corpus."""
        with self._transaction():
            self._connection.executemany(
                "UPDATE merged SET score = round(score * ?, 4) WHERE rowid = ?",
                ((weight, number) for number in numbers),
            )

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
            self._connection.execute("INSERT INTO merged VALUES (?, ?, ?, ?, ?)", _row(concept))

    def merged(self) -> Iterator[Concept]:
        """Yield the concepts of the whole corpus, best first."""
        for value, plain in self._connection.execute(
            "SELECT score, plain FROM merged ORDER BY score DESC, head"
        ):
            concept = from_plain(Concept, json.loads(plain))
            score = concept.score and dataclasses.replace(concept.score, value=value)
            yield dataclasses.replace(concept, score=score)


def _row(concept: Concept) -> tuple[float, str, str, str, str]:
    score = concept.score.value if concept.score else 0.0
    rendering = phrase_key(concept.renderings()[0].text) if concept.renderings() else ""
    plain = _dumped(to_plain(concept, defaults=False))
    return score, concept.head, concept.kind.value, rendering, plain


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sentences(dumped: str) -> Sentences:
    return tuple((index, text) for index, text in json.loads(dumped))
