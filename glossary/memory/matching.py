"""Match segments against a translation memory: in context, exactly, fuzzily."""

from __future__ import annotations

import contextlib
import enum
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from glossary.errors import BadInputError, OutputError
from glossary.memory.arrays import Array, read_arrays, write_arrays
from glossary.memory.entries import Entry, base_language, entries_of
from glossary.memory.index import Hits, MemoryIndex, text_hash
from glossary.memory.penalties import Penalties
from glossary.memory.similarity import Similarity
from glossary.termbase import is_termbase

__all__ = ["IN_CONTEXT", "MatchKind", "MemoryMatch", "TranslationMemory"]

#: The percentage of an exact match whose neighbours agree too, as CAT tools count it.
IN_CONTEXT = 101
# Indexing fewer texts takes less than half a second: no file is left behind for them.
_KEPT_FROM = 5_000
_FORMAT = 1


class MatchKind(enum.StrEnum):
    """How a segment and an entry agree."""

    IN_CONTEXT = "in-context"
    EXACT = "exact"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """An entry that resembles a segment.

    Attributes:
        percent: of the similarity, 101 in context, less the penalty.
        penalty: points taken off for authority, age and doubtful alignment.
    """

    entry: Entry
    kind: MatchKind
    percent: int
    similarity: Similarity
    penalty: int = 0


@dataclass(frozen=True, slots=True)
class _Rows:
    """Entries in parallel arrays: their numbers, which hit they belong to, and their points."""

    numbers: Array
    hit: Array
    percent: Array
    penalty: Array
    in_context: Array


class TranslationMemory:
    """A memory that is asked in one source language.

    Example:
        >>> memory = TranslationMemory.open(Path("memory.tmx"), "zh")  # doctest: +SKIP
        >>> memory.match("网络强国归根到底是为了人民。")  # doctest: +SKIP
    """

    def __init__(self, path: Path, language: str, index: MemoryIndex) -> None:
        """Wrap an index; use :meth:`open` instead."""
        self.path = path
        self.language = language
        self._index = index
        dates = index.arrays["date"]
        self._newest = int(dates.max()) if len(dates) else 0

    @classmethod
    def open(cls, path: str | Path, language: str, *, keep: bool = True) -> TranslationMemory:
        """Open a TMX file, a termbase or the folder of a build as a memory.

        The index of a larger memory is kept beside it as ``NAME.LANGUAGE.tifa-match`` and used
        again as long as the memory has not changed.

        Args:
            path: the memory.
            language: of the segments to match, as ``zh`` or ``zh-Hans``; entries in the other
                direction are not used.
            keep: write the index beside the memory.

        Raises:
            BadInputError: the memory is missing, damaged, or has no text in that language.
        """
        path, language = Path(path), base_language(language)
        if path.is_dir():
            path = path / "termbase.sqlite"
        kept = path.with_name(f"{path.name}.{language}.tifa-match")
        stamp = _stamp(path)
        found = read_arrays(kept)
        if found is not None and found[0].get("stamp") == stamp:
            return cls(path, language, MemoryIndex(*found))
        index = MemoryIndex.build(entries_of(path, language))
        if not len(index):
            what = "termbase" if is_termbase(path) else "memory"
            raise BadInputError(
                f"the {what} holds no rendered sentence in {language!r}",
                place=path,
                cure="is it the right file and the right language?",
            )
        if keep and index.text_count >= _KEPT_FROM:
            # In a folder that cannot be written the memory is indexed each time.
            with contextlib.suppress(OutputError):
                write_arrays(kept, {**index.header, "stamp": stamp}, index.arrays)
        return cls(path, language, index)

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._index)

    def target_languages(self) -> tuple[str, ...]:
        """Return the languages that the memory translates to, as it writes them."""
        return tuple(self._index.header["languages"])

    def match(
        self,
        segment: str,
        *,
        previous: str | None = None,
        following: str | None = None,
        threshold: int = 70,
        limit: int = 5,
        target: str = "",
        penalties: Penalties | None = None,
    ) -> list[MemoryMatch]:
        """Return the entries that resemble a segment, the best first.

        Of matches with the same percentage those in context come first, then those of the higher
        authority, then the newer, then those that stand first in the memory. A rendering that the
        memory has several times for one source text is given once.

        Args:
            segment: what is to be translated.
            previous: the segment before it, empty at the start of the text, None if not known.
            following: the segment after it; both must be the entry's for a match in context.
            threshold: the least percentage, after penalties.
            limit: at most so many matches.
            target: only renderings in that language.
            penalties: the defaults of :class:`Penalties` if not given.

        Raises:
            BadInputError: the segment is far too long, or the index beside the memory is damaged.
        """
        try:
            hits = self._index.search(segment, threshold)
            rows = self._rows(hits, (previous, following), penalties or Penalties())
            kept = rows.percent >= threshold
            if target:
                spoken = [
                    base_language(tag) == base_language(target) for tag in self.target_languages()
                ]
                kept &= np.array(spoken)[self._index.arrays["language"][rows.numbers]]
            return self._best(hits, rows, kept, limit)
        except (IndexError, UnicodeDecodeError) as error:
            raise BadInputError(
                "the index beside the memory is damaged",
                place=self.path,
                cure=f"delete {self.path.name}.{self.language}.tifa-match",
            ) from error

    def _rows(
        self, hits: Hits, context: tuple[str | None, str | None], penalties: Penalties
    ) -> _Rows:
        """Return the entries of the texts that were hit, with their percentages."""
        columns = self._index.arrays
        groups = [self._index.entries_of_text(text) for text in hits.texts.tolist()]
        numbers = np.array([number for group in groups for number in group], np.int64)
        hit = np.repeat(np.arange(len(groups)), list(map(len, groups)))
        penalty = penalties.points(
            columns["authority"][numbers],
            columns["alignment"][numbers],
            columns["date"][numbers],
            self._newest,
        )
        in_context = (hits.percent[hit] == 100) & self._agree(numbers, context)
        percent = np.where(in_context, IN_CONTEXT, hits.percent[hit]) - penalty
        return _Rows(numbers, hit, np.maximum(percent, 0), penalty, in_context)

    def _best(self, hits: Hits, rows: _Rows, kept: Array, limit: int) -> list[MemoryMatch]:
        columns = self._index.arrays
        order = np.lexsort(
            (
                rows.numbers,
                -hits.characters[rows.hit],
                -columns["date"][rows.numbers],
                -columns["authority"][rows.numbers],
                ~rows.in_context,
                -rows.percent,
            )
        )
        found: dict[tuple[int, str], MemoryMatch] = {}
        for row in order[kept[order]].tolist():
            hit = int(rows.hit[row])
            text = int(hits.texts[hit])
            entry = self._index.entry(text, int(rows.numbers[row]))
            if (text, entry.target) in found:
                continue
            kind = MatchKind.EXACT if hits.percent[hit] == 100 else MatchKind.FUZZY
            found[text, entry.target] = MemoryMatch(
                entry,
                MatchKind.IN_CONTEXT if rows.in_context[row] else kind,
                int(rows.percent[row]),
                Similarity(int(hits.percent[hit]), int(hits.units[hit]), int(hits.characters[hit])),
                int(rows.penalty[row]),
            )
            if len(found) == limit:
                break
        return list(found.values())

    def _agree(self, numbers: Array, context: tuple[str | None, str | None]) -> Array:
        """Return which entries have the given neighbours, both of them."""
        agree = np.ones(len(numbers), bool)
        for name, text in zip(("previous", "following"), context, strict=True):
            if text is None:
                return np.zeros(len(numbers), bool)
            agree &= self._index.arrays[name][numbers] == np.uint64(text_hash(text))
        return agree


def _stamp(path: Path) -> list[int]:
    """Return what changes when a memory changes: sizes and times of the file and its log."""
    stamp = [_FORMAT]
    for name in (path, path.with_name(path.name + "-wal")):
        try:
            status = name.stat()
        except OSError:
            stamp += [0, 0]
        else:
            stamp += [status.st_size, status.st_mtime_ns]
    return stamp
