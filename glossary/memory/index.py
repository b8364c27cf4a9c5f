"""The index of a memory: its texts in flat arrays, and what resembles a segment among them.

**What is found.** All texts whose likeness in units ``W`` (see :mod:`glossary.memory.similarity`)
is at least the threshold less a slack. Of a segment's tokens, an edit distance that leaves so much
destroys at most ``k`` (two for an edit where tokens are pairs, one among words), so of its rarest
``p`` tokens a text must hold ``p − k``: the count filter of Gravano et al. (2001) on the prefix of
Chaudhuri et al. (2006). Where that says nothing (low thresholds), every text of a fitting length is
compared. As the percentage is the mean of ``W`` and the likeness in characters, a match is missed
only if it owes more than the slack to words that differ in few letters each;
``scripts/bench_match.py`` counts such.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from glossary.errors import BadInputError
from glossary.memory.arrays import Array
from glossary.memory.entries import Entry
from glossary.memory.postings import Postings, build_postings, tokens_of
from glossary.memory.units import coded, plain_text, squeezed, wordy_share
from glossary.model import Authority

__all__ = ["SLACK", "Hits", "MemoryIndex", "text_hash"]

#: By how much the likeness in units may stay below the threshold, in percent, for segments of
#: words; and for segments of Chinese characters, whose two likenesses differ only where numbers,
#: widths or quoted words do. Mixed segments get their share of both.
SLACK = 15
SLACK_CHINESE = 5
# Texts of tokens that are counted at most, over what the filter needs: more votes leave fewer
# texts to compare. Counting 400,000 takes about 2 ms, comparing 2,000 texts as long.
_POSTINGS = 400_000
#: Longer segments are no sentences; comparing them would take minutes.
MAX_UNITS = 4_000

_UNKNOWN = 0  # hash of a neighbour that is not known


@dataclass(frozen=True, slots=True)
class Hits:
    """Texts that resemble a segment, in parallel arrays.

    Attributes:
        texts: numbers of texts.
        percent, units, characters: see :class:`glossary.memory.similarity.Similarity`.
    """

    texts: npt.NDArray[np.int64]
    percent: npt.NDArray[np.int64]
    units: npt.NDArray[np.int64]
    characters: npt.NDArray[np.int64]


def text_hash(text: str) -> int:
    """Return a number for a text, never 0, by which neighbours are compared."""
    data = plain_text(text).encode("utf-8", "surrogatepass")
    return (zlib.crc32(data) << 32 | zlib.adler32(data)) or 1


class MemoryIndex:
    """The texts of a memory in one source language, and the entries of each."""

    def __init__(self, header: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
        """Wrap the arrays of :meth:`build`; ``glossary.memory.matching`` keeps them in a file."""
        self.header = dict(header)
        self.arrays = dict(arrays)
        self._postings = Postings(arrays["tokens"], arrays["token_ends"], arrays["postings"])
        # The lengths are read for every segment.
        self._unit_lengths = np.diff(arrays["code_ends"], prepend=np.uint64(0)).astype(np.int64)
        self._lengths = np.asarray(arrays["lengths"]).astype(np.int64)

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.arrays["target_ends"])

    @property
    def text_count(self) -> int:
        """The number of different source texts."""
        return len(self._lengths)

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> MemoryIndex:
        """Return the index of entries in one source language."""
        builder = _Builder()
        for entry in entries:
            builder.add(entry)
        return cls(*builder.finish())

    # Look up

    def text(self, number: int) -> str:
        """Return a source text."""
        return self._string("text", number)

    def _string(self, name: str, number: int) -> str:
        ends = self.arrays[f"{name}_ends"]
        start = int(ends[number - 1]) if number else 0
        return bytes(self.arrays[f"{name}_data"][start : int(ends[number])]).decode(
            "utf-8", "surrogatepass"
        )

    def entries_of_text(self, number: int) -> range:
        """Return the numbers of the entries of a source text."""
        ends = self.arrays["entry_ends"]
        return range(int(ends[number - 1]) if number else 0, int(ends[number]))

    def entry(self, text: int, number: int) -> Entry:
        """Return an entry of a source text, without the texts beside it."""
        row = int(self.arrays["target_rows"][number])
        authority = int(self.arrays["authority"][number])
        alignment = float(self.arrays["alignment"][number])
        return Entry(
            self.text(text),
            self._string("target", row),
            self.header["languages"][int(self.arrays["language"][number])],
            self.header["origins"][int(self.arrays["origin"][number])],
            None if authority < 0 else Authority(authority),
            _date_text(int(self.arrays["date"][number])),
            None if alignment < 0 else round(alignment, 4),
        )

    def search(self, segment: str, threshold: int) -> Hits:
        """Return the texts that resemble a segment by at least ``threshold`` percent.

        Raises:
            BadInputError: the segment has more than :data:`MAX_UNITS` units.
        """
        segment = squeezed(segment)
        codes = coded(segment)
        if len(codes) > MAX_UNITS:
            raise BadInputError(
                f"the segment has {len(codes)} words or characters; {MAX_UNITS} are the most",
                cure="split it into sentences",
            )
        none = np.empty(0, np.int64)
        if not codes or not self.text_count:
            return Hits(none, none, none, none)
        slack = SLACK_CHINESE + round((SLACK - SLACK_CHINESE) * wordy_share(segment))
        least = max(threshold - slack, 1)
        numbers = self._candidates(codes, len(segment), threshold, least)
        return self._compared(segment, codes, numbers, threshold, least)

    def _candidates(
        self, codes: str, length: int, threshold: int, least: int
    ) -> npt.NDArray[np.int64]:
        """Return the texts that may resemble a segment: by their lengths and their tokens."""
        size = len(codes)
        tokens = tokens_of(codes)
        # By length of the other text: the edits that are allowed, and the tokens these destroy.
        longest = min(100 * size // least, int(self._unit_lengths.max()))
        others = np.arange(longest + 1)
        longer = np.maximum(others, size)
        edits = (100 - least) * longer // 100
        if tokens.pairs:
            # Insertions, at least as many as the other is longer, destroy one token each.
            destroyed = 2 * edits - np.maximum(others - size, 0)
        else:
            destroyed = size - (longer - edits)
        fits = others * 100 >= least * size
        kept = len(tokens.tokens) - destroyed
        if not fits.any():
            return np.empty(0, np.int64)
        if kept[fits].min() < 1:
            fitting = np.zeros(int(self._unit_lengths.max()) + 1, bool)
            fitting[: longest + 1] = fits
            numbers = np.flatnonzero(fitting[self._unit_lengths])
        else:
            lists = self._postings.of(tokens.tokens)
            needed = len(lists) - int(kept[fits].min()) + 1
            total = sum(map(len, lists[:needed]))
            while needed < len(lists) and total + len(lists[needed]) <= _POSTINGS:
                total += len(lists[needed])
                needed += 1
            votes = np.bincount(np.concatenate(lists[:needed]), minlength=self.text_count)
            least_votes = np.where(fits, needed - destroyed, np.iinfo(np.int64).max)
            numbers = np.flatnonzero(votes >= max(1, int(least_votes.min())))
            lengths = self._unit_lengths[numbers]
            inside = lengths <= longest
            numbers, lengths = numbers[inside], lengths[inside]
            numbers = numbers[votes[numbers] >= least_votes[lengths]]
        return self._possible(numbers, size, length, threshold)

    def _possible(
        self, numbers: npt.NDArray[np.int64], size: int, length: int, threshold: int
    ) -> npt.NDArray[np.int64]:
        """Return those of the texts whose two lengths allow the threshold."""

        def share(lengths: Array, own: int) -> Array:
            return np.minimum(lengths, own) / np.maximum(np.maximum(lengths, own), 1)

        best = share(self._unit_lengths[numbers], size) + share(self._lengths[numbers], length)
        possible: npt.NDArray[np.int64] = numbers[best * 50 >= threshold - 1e-6]
        return possible

    def _compared(
        self,
        segment: str,
        codes: str,
        numbers: npt.NDArray[np.int64],
        threshold: int,
        least: int,
    ) -> Hits:
        ends, data = self.arrays["code_ends"], self.arrays["codes"]
        stops = ends[numbers].tolist()
        starts = (ends[numbers] - self._unit_lengths[numbers].astype(np.uint64)).tolist()
        others = [
            data[start:stop].tobytes().decode("utf-32-le")
            for start, stop in zip(starts, stops, strict=True)
        ]
        longer = np.maximum(self._unit_lengths[numbers], len(codes))
        most = int(((100 - least) * longer // 100).max()) if len(numbers) else 0
        edits = _distances(codes, others, most)
        near = edits * 100 <= (100 - least) * longer
        numbers, edits, longer = numbers[near], edits[near], longer[near]
        texts = [squeezed(self.text(number)) for number in numbers.tolist()]
        character_edits = _distances(segment, texts, None)
        lengths = np.maximum(np.maximum(self._lengths[numbers], len(segment)), 1)
        # In whole numbers, as glossary.memory.similarity.percentage has it.
        same_units, same = longer - edits, lengths - character_edits
        percent = np.minimum(50 * (same_units * lengths + same * longer) // (longer * lengths), 99)
        percent[character_edits == 0] = 100
        good = percent >= threshold
        return Hits(
            numbers[good],
            percent[good],
            (100 * same_units // longer)[good],
            (100 * same // lengths)[good],
        )


def _distances(text: str, others: list[str], most: int | None) -> npt.NDArray[np.int64]:
    """Return the edit distances of a text from others; beyond ``most`` a larger number."""
    if not others:
        return np.empty(0, np.int64)
    found = cdist([text], others, scorer=Levenshtein.distance, score_cutoff=most, dtype=np.int32)
    return np.asarray(found[0], np.int64)


class _Builder:
    """Collects entries in arrays that grow."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._text_data, self._text_ends, self._lengths = bytearray(), array("Q"), array("I")
        self._codes, self._code_ends = bytearray(), array("Q")
        self._target_data, self._target_ends = bytearray(), array("Q")
        self._entry_texts = array("I")
        self._authority, self._date, self._alignment = array("b"), array("i"), array("f")
        self._origin, self._language = array("I"), array("I")
        self._previous, self._following = array("Q"), array("Q")
        self._origins: dict[str, int] = {}
        self._languages: dict[str, int] = {}

    def add(self, entry: Entry) -> None:
        """Add an entry."""
        number = self._numbers.setdefault(entry.source, len(self._numbers))
        if number == len(self._lengths):
            self._text_data += entry.source.encode("utf-8", "surrogatepass")
            self._text_ends.append(len(self._text_data))
            self._lengths.append(len(squeezed(entry.source)))
            self._codes += coded(entry.source).encode("utf-32-le")
            self._code_ends.append(len(self._codes) // 4)
        self._target_data += entry.target.encode("utf-8", "surrogatepass")
        self._target_ends.append(len(self._target_data))
        self._entry_texts.append(number)
        self._authority.append(-1 if entry.authority is None else entry.authority)
        self._date.append(_date_number(entry.date))
        self._alignment.append(-1 if entry.alignment is None else entry.alignment)
        self._origin.append(self._origins.setdefault(entry.origin, len(self._origins)))
        self._language.append(self._languages.setdefault(entry.language, len(self._languages)))
        for neighbours, text in (
            (self._previous, entry.previous),
            (self._following, entry.following),
        ):
            neighbours.append(_UNKNOWN if text is None else text_hash(text))

    def finish(self) -> tuple[dict[str, Any], dict[str, Array]]:
        """Return the header and the arrays of the index."""
        self._numbers.clear()
        codes, code_ends = np.frombuffer(self._codes, np.uint32), _array(self._code_ends, np.uint64)
        postings = build_postings(codes, code_ends.astype(np.int64))
        entry_texts = _array(self._entry_texts, np.uint32)
        order = np.argsort(entry_texts, kind="stable")
        counts = np.bincount(entry_texts, minlength=len(self._lengths))
        columns: dict[str, tuple[array[Any], type]] = {
            "authority": (self._authority, np.int8),
            "date": (self._date, np.int32),
            "alignment": (self._alignment, np.float32),
            "origin": (self._origin, np.uint32),
            "language": (self._language, np.uint32),
            "previous": (self._previous, np.uint64),
            "following": (self._following, np.uint64),
        }
        arrays: dict[str, Array] = {
            "text_data": np.frombuffer(bytes(self._text_data), np.uint8),
            "text_ends": _array(self._text_ends, np.uint64),
            "lengths": _array(self._lengths, np.uint32),
            "codes": codes,
            "code_ends": code_ends,
            "tokens": postings.tokens,
            "token_ends": postings.ends,
            "postings": postings.texts,
            "entry_ends": np.cumsum(counts).astype(np.uint64),
            "target_data": np.frombuffer(bytes(self._target_data), np.uint8),
            "target_ends": _array(self._target_ends, np.uint64),
            "target_rows": order.astype(np.uint32),
        }
        for name, (column, kind) in columns.items():
            arrays[name] = _array(column, kind)[order]
        return {"origins": list(self._origins), "languages": list(self._languages)}, arrays


def _array(values: array[Any], kind: type) -> Array:
    return np.frombuffer(values, values.typecode).astype(kind) if values else np.empty(0, kind)


def _date_number(date: str) -> int:
    """Return a date as ``YYYYMMDD``, 00 for what a reduced one lacks; 0 if there is none."""
    digits = date.replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isdecimal() and len(digits) <= 8 else 0


def _date_text(number: int) -> str:
    digits = f"{number:08}"
    parts = (digits[:4], digits[4:6], digits[6:])
    return "-".join(part for part in parts if int(part)) if number else ""
