"""Search a bead for what renders a Chinese stretch, and say of each find what speaks for it.

Stretches of English are first drawn up by the word links that they hold: the F measure of Dice over
link mass, links inside against those that lead out and words inside that nothing links to. What
speaks for the best of them is laid out as numbers, which ``ranking`` weighs.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import Encoder
from glossary.harvest.bead_words import BeadWords, stretch_sums
from glossary.harvest.citation import phrase_key, trim_phrase
from glossary.harvest.english_grammar import SHAPE, text_grammar
from glossary.harvest.patterns_zh import Form
from glossary.harvest.quotations import is_quoted, quoted_spans
from glossary.harvest.spans import EnglishSpans, english_spans
from glossary.language.cedict import glosses
from glossary.language.words import Word

__all__ = ["EVIDENCE", "Find", "search_bead"]

FloatArray = NDArray[np.float64]

#: Names of what speaks for a find or against it, in order.
EVIDENCE = (
    "links",  # F measure of link mass
    "covered",  # share of the Chinese words' mass that it holds
    "backed",  # share of its own words' mass that comes from the Chinese words
    "context",  # cosine of the two stretches' vectors in their sentences
    "phrase",  # cosine of their vectors outside their sentences; set by the caller
    "shorter",  # log ratio by which it is shorter than half a word for each character
    "longer",
    "claimed",  # link mass from the Chinese words to the nearest words on both sides
    "unlinked",  # share of its words of meaning that nothing links to
    "commas",
    "quoted",  # both are whole quotations
    "quote_cut",  # it is a part of a quotation, and the Chinese a whole one
    "gloss",  # the dictionary has it
    "missed",  # mean link mass that the Chinese words have elsewhere
    "least",  # link mass of the Chinese word that has the least inside
    "elsewhere",  # most link mass that one of the Chinese words has elsewhere
    "foreign",  # share of its words of meaning that other Chinese words render for the most part
    "foreign_words",  # how many these are
    "free_left",  # how far the nearest word on the left has no counterpart
    "free_right",  # the same on the right
    "own_first",  # link mass from the Chinese words to its first word of meaning
    "own_last",
    "foreign_first",  # link mass from other Chinese words to it
    "foreign_last",
    "zh_first",  # link mass from the first Chinese word of meaning to what is inside
    "zh_last",
    "members_lacking",  # by how many fewer joints its series has than the Chinese has
    "members_over",
    "goes_on_left",  # a series reaches over its edge, and nothing else renders the next member
    "goes_on_right",
    "agreement",  # mean share of this phrase in the candidate's other places; set by the caller
    *SHAPE,
    "deep",  # cosine of the stretches' vectors from the token-level encoder, where it is asked
    "late",  # the same at the layer that tells what they mean in their sentences
)
_CONTEXT = EVIDENCE.index("context")
_DEEP = EVIDENCE.index("deep")
_SHAPES = slice(EVIDENCE.index(SHAPE[0]), EVIDENCE.index(SHAPE[-1]) + 1)
_LONGEST = 24
# Drawn up by links alone: of 3,605 places of listed terms the listed rendering is among 30 in 92 %.
_DRAWN = 30
# Least link mass that a word of meaning counts with, and what a function word counts.
_FLOOR = 0.2
_FUNCTION = 0.08
# Claims up to this are noise.
_CLAIM = 0.1
_HOPELESS = 0.05
# From this link mass on an English word is another Chinese word's.
_MOSTLY = 0.5
_JOINTS_ZH = frozenset("、，和与及或") | {"以及"}
_JOINTS_EN = frozenset(("and", "or", "&"))


@dataclass(slots=True)
class Find:
    """An English stretch that may render a Chinese one.

    Attributes:
        start, end: characters ``[start, end)`` in the bead's English text, determiners left out.
        form: of the Chinese stretch.
        evidence: values in the order of ``EVIDENCE``.
    """

    start: int
    end: int
    form: Form
    evidence: FloatArray = field(repr=False)


def search_bead(
    bead: BeadWords,
    english: str,
    stretches: Sequence[tuple[int, int]],
    forms: Sequence[Form],
    encoder: Encoder,
) -> list[list[Find]]:
    """Return for each Chinese stretch the English stretches that the word links suggest.

    Args:
        bead: words and links.
        english: the bead's English text.
        stretches: characters ``[start, end)`` in the bead's Chinese text.
        forms: of the stretches.
        encoder: gives the vectors in context.
    """
    spans = english_spans(bead.english, bead.content_en, longest=_LONGEST)
    if not len(spans.first) or not stretches:
        return [[] for _ in stretches]
    side = _EnglishSide(bead, english, spans)
    draft = _Draft(bead, side, stretches)
    found = [_finds(draft, number, form) for number, form in enumerate(forms)]
    numbers: dict[tuple[int, int], int] = {}
    placed = [
        [numbers.setdefault((f.start, f.end), len(numbers)) for f in finds] for finds in found
    ]
    if numbers:
        _compare(bead, stretches, list(numbers), encoder, list(zip(found, placed, strict=True)))
        for find in itertools.chain.from_iterable(found):
            find.start, find.end = side.trimmed(find.start, find.end)
    return found


def _compare(
    bead: BeadWords,
    stretches: Sequence[tuple[int, int]],
    places: Sequence[tuple[int, int]],
    encoder: Encoder,
    found: Sequence[tuple[Sequence[Find], Sequence[int]]],
) -> None:
    """Set how like the vectors of the Chinese stretches and of their finds are in the sentences.

    Args:
        bead: with tokens.
        stretches: characters ``[start, end)`` of the Chinese text.
        places: those of the English text that are found at all.
        encoder: gives the vectors.
        found: for each stretch its finds and which of the places each of them is.
    """
    if bead.tokens_zh is not None and bead.tokens_en is not None:
        vectors_zh = encoder.finish(*stretch_sums(bead.tokens_zh, stretches))
        vectors_en = encoder.finish(*stretch_sums(bead.tokens_en, places))
        for vector, (finds, where) in zip(vectors_zh, found, strict=True):
            for find, cosine in zip(finds, vectors_en[where] @ vector, strict=True):
                find.evidence[_CONTEXT] = cosine
    if bead.deep_zh is None or bead.deep_en is None:
        return
    deep_zh = _deep_vectors(bead.deep_zh, bead.chinese, stretches)
    deep_en = _deep_vectors(bead.deep_en, bead.english, places)
    for layers, (finds, where) in zip(deep_zh, found, strict=True):
        cosines = np.einsum("fkd,kd->fk", deep_en[where], layers)
        for find, row in zip(finds, cosines, strict=True):
            find.evidence[_DEEP : _DEEP + 2] = row[:-1].mean(), row[-1]


def _deep_vectors(
    vectors: NDArray[np.float16], words: Sequence[Word], stretches: Sequence[tuple[int, int]]
) -> NDArray[np.float32]:
    """Return the unit vectors ``[s, k, d]`` of stretches of characters from those of the words."""
    size, count = vectors.shape[2], len(words)
    total = np.zeros((vectors.shape[0], count + 1, size), dtype=np.float32)
    np.cumsum(vectors, axis=1, dtype=np.float32, out=total[:, 1:])
    bounds = np.asarray(stretches, dtype=np.int64)
    first = np.searchsorted([word.end for word in words], bounds[:, 0], side="right")
    last = np.searchsorted([word.start for word in words], bounds[:, 1], side="left")
    sums = (total[:, np.maximum(last, first)] - total[:, first]).swapaxes(0, 1)
    norms = np.linalg.norm(sums, axis=2, keepdims=True)
    unit: NDArray[np.float32] = sums / np.maximum(norms, 1e-6)
    return unit


class _EnglishSide:
    """What all searches of a bead share: its stretches, their mass, grammar and quotations."""

    def __init__(self, bead: BeadWords, english: str, spans: EnglishSpans) -> None:
        self.spans = spans
        self.quotations = quoted_spans(bead.english)
        self.weights = np.where(bead.content_en, 1.0, _FUNCTION)
        # Marks inside cost nothing by themselves; commas are counted apart.
        self.weights *= np.array([word.text[0].isalnum() for word in bead.english])
        self.mass = _inside(self.weights * np.maximum(bead.backward.sum(axis=0), _FLOOR), spans)
        self.sizes = _inside(bead.content_en, spans)
        # Most stretches are found for several Chinese ones.
        grammar = text_grammar(english)
        self.shape = functools.cache(grammar.shape)
        self.trimmed = functools.cache(functools.partial(trim_phrase, english))
        self.key = functools.cache(
            lambda first, last: phrase_key(" ".join(w.text for w in bead.english[first:last]))
        )


class _Draft:
    """How well the links of s Chinese stretches suit all t English stretches of a bead.

    Attributes:
        measure: ``[s, t]``, F measure of link mass.
        masses: ``[s, t]`` each, by the names of ``EVIDENCE``: what links and series tell.
        expected: ``[s]``, how many English words of meaning each should take.
        known: the dictionary's renderings of each, as phrase keys.
        quoted: whether each is a whole quotation.
    """

    def __init__(
        self, bead: BeadWords, side: _EnglishSide, stretches: Sequence[tuple[int, int]]
    ) -> None:
        self.bead, self.side = bead, side
        starts, ends = np.array([(word.start, word.end) for word in bead.chinese]).reshape(-1, 2).T
        bounds = np.array(stretches)
        rows = (starts < bounds[:, 1:]) & (ends > bounds[:, :1])
        whole = (starts >= bounds[:, :1]) & (ends <= bounds[:, 1:])
        # One English word of meaning for two characters.
        sizes = [
            float(content) if word.text.isascii() else len(word.text) / 2
            for word, content in zip(bead.chinese, bead.content_zh, strict=True)
        ]
        self.expected = whole @ np.array(sizes)
        self.known = [_gloss_keys(_between(bead.chinese, start, end)) for start, end in stretches]
        self.quoted = [bool(side.quotations) and is_quoted(bead.chinese, *s) for s in stretches]
        joints = whole @ np.array([float(word.text in _JOINTS_ZH) for word in bead.chinese])
        gap = _inside(_joints(bead.english), side.spans)[None] - joints[:, None]
        rows &= bead.content_zh
        self._weigh(rows)
        self.masses["members_lacking"] = np.maximum(0.0, -gap)
        self.masses["members_over"] = np.maximum(0.0, gap)

    def _weigh(self, rows: NDArray[np.bool_]) -> None:
        """Set the link masses; ``rows [s, n]`` are the words of meaning of each stretch."""
        bead, side, spans = self.bead, self.side, self.side.spans
        words = rows.astype(np.float64)
        forward, backward = words @ bead.forward, words @ bead.backward
        need = bead.forward.sum(axis=1, dtype=np.float64)
        held = _inside(forward, spans)
        covered = held / np.maximum(words @ np.maximum(need, _FLOOR), 1e-9)[:, None]
        backed = _inside(backward * side.weights, spans) / side.mass
        self.measure = 2 * covered * backed / np.maximum(covered + backed, 1e-6)
        before, after = _neighbours(bead)
        # The nearest words of meaning outside on both sides, the first and the last one inside.
        left, right = before[spans.first], after[spans.last]
        first, last = after[spans.first], before[spans.last]
        linked = bead.backward.sum(axis=0, dtype=np.float64)
        # One column more, for no word at all: nothing links to it, and it is another's.
        mine = np.pad(backward, ((0, 0), (0, 1)))
        others = np.pad(linked - backward, ((0, 0), (0, 1)), constant_values=1.0)
        claims = np.maximum(0.0, mine - _CLAIM) * np.append(bead.content_en, False)
        free = np.append(np.maximum(0.0, 1.0 - linked) * bead.content_en, 0.0)
        best = (rows[:, :, None] * bead.backward).max(axis=1, initial=0.0)
        foreign = _inside((others[:, :-1] > _MOSTLY) & bead.content_en, spans)
        joined_left, joined_right = _series(bead)
        sizes = np.maximum(1, side.sizes)
        shape = covered.shape
        self.masses = {
            "links": self.measure,
            "covered": covered,
            "backed": backed,
            "claimed": claims[:, left] + claims[:, right],
            "unlinked": _inside((best < _CLAIM) & bead.content_en, spans) / sizes,
            "commas": np.broadcast_to(spans.commas, shape),
            "missed": ((words @ need)[:, None] - held) / np.maximum(rows.sum(axis=1), 1)[:, None],
            "foreign": foreign / sizes,
            "foreign_words": foreign,
            "free_left": np.broadcast_to(free[left], shape),
            "free_right": np.broadcast_to(free[right], shape),
            "own_first": mine[:, first],
            "own_last": mine[:, last],
            "foreign_first": others[:, first],
            "foreign_last": others[:, last],
            "goes_on_left": joined_left[spans.first] & (others[:, left] < _MOSTLY),
            "goes_on_right": joined_right[spans.last] & (others[:, right] < _MOSTLY),
            **_by_word(rows, _inside(bead.forward, spans), need),
        }


def _finds(draft: _Draft, number: int, form: Form) -> list[Find]:
    """Return what the links suggest for one Chinese stretch, best first."""
    bead, side, spans = draft.bead, draft.side, draft.side.spans
    measure = draft.measure[number]
    hopeful = np.flatnonzero(measure > _HOPELESS)
    best = hopeful[np.argsort(-measure[hopeful], kind="stable")[:_DRAWN]]
    quotations = side.quotations if draft.quoted[number] else []
    if quotations:
        whole = [
            index
            for index, pair in enumerate(zip(spans.first, spans.last, strict=True))
            if pair in quotations and measure[index] > 0
        ]
        best = np.union1d(best, np.array(whole, dtype=np.int64))
    if not len(best):
        return []
    known = draft.known[number]
    places = [(int(spans.first[index]), int(spans.last[index])) for index in best]
    sizes = side.sizes[best]
    gap = np.log((sizes + 0.5) / (draft.expected[number] + 0.5))
    evidence = np.zeros((len(best), len(EVIDENCE)))
    evidence[:, EVIDENCE.index("shorter")] = np.maximum(0.0, -gap)
    evidence[:, EVIDENCE.index("longer")] = np.maximum(0.0, gap)
    for name, masses in draft.masses.items():
        evidence[:, EVIDENCE.index(name)] = masses[number, best]
    if quotations:
        quotes = np.array([_quotation(quotations, *place) for place in places])
        evidence[:, EVIDENCE.index("quoted")] = quotes > 0
        evidence[:, EVIDENCE.index("quote_cut")] = quotes < 0
    if known:
        evidence[:, EVIDENCE.index("gloss")] = [side.key(*place) in known for place in places]
    evidence[:, _SHAPES] = [side.shape(*place) for place in places]
    return [
        Find(bead.english[first].start, bead.english[last - 1].end, form, row)
        for (first, last), row in zip(places, evidence, strict=True)
    ]


@functools.lru_cache(maxsize=1 << 14)
def _gloss_keys(chinese: str) -> frozenset[str]:
    """Return what the dictionary's glosses of a Chinese word look like as phrases."""
    return frozenset(phrase_key(gloss.removeprefix("to ")) for gloss in glosses(chinese))


def _between(words: Sequence[Word], start: int, end: int) -> str:
    return "".join(
        word.text[max(0, start - word.start) : end - word.start]
        for word in words
        if word.start < end and word.end > start
    )


def _inside(mass: NDArray[Any], spans: EnglishSpans) -> FloatArray:
    """Return the mass ``[…, t]`` inside the stretches, of that ``[…, m]`` of the words."""
    total = np.zeros((*mass.shape[:-1], mass.shape[-1] + 1))
    np.cumsum(mass, axis=-1, out=total[..., 1:])
    inside: FloatArray = total[..., spans.last] - total[..., spans.first]
    return inside


def _quotation(quotations: Sequence[tuple[int, int]], first: int, last: int) -> int:
    """Return 1 for a whole quotation, -1 for a part of one, else 0."""
    if (first, last) in quotations:
        return 1
    return -any(start <= first and last <= end for start, end in quotations)


def _neighbours(bead: BeadWords) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nearest words of meaning before and from each place ``[m + 1]`` on; -1 for none.

    They are sought over function words but not marks.
    """
    size = len(bead.english)
    before, after = np.full(size + 1, -1), np.full(size + 1, -1)
    for place, word in enumerate(bead.english):
        if word.text[:1].isalnum():
            before[place + 1] = place if bead.content_en[place] else before[place]
    for place in range(size - 1, -1, -1):
        if bead.english[place].text[:1].isalnum():
            after[place] = place if bead.content_en[place] else after[place + 1]
    return before, after


def _by_word(rows: NDArray[np.bool_], held: FloatArray, need: FloatArray) -> dict[str, FloatArray]:
    """Return what single Chinese words have inside and elsewhere, by the names of ``EVIDENCE``.

    Args:
        rows: ``[s, n]``, the words of meaning of each stretch.
        held: ``[n, t]``, the link mass of each word inside each English stretch.
        need: ``[n]``, all its link mass.
    """
    names = ("least", "elsewhere", "zh_first", "zh_last")
    found = {name: np.zeros((len(rows), held.shape[1])) for name in names}
    for number, own in enumerate(map(np.flatnonzero, rows)):
        if len(own):
            found["least"][number] = held[own].min(axis=0)
            found["elsewhere"][number] = (need[own, None] - held[own]).max(axis=0)
            found["zh_first"][number] = held[own[0]]
            found["zh_last"][number] = held[own[-1]]
    return found


def _joints(words: Sequence[Word]) -> FloatArray:
    """Return for each English word whether it joins members of a series; ", and" counts once."""
    return np.array(
        [
            word.text == ","
            or (word.text in _JOINTS_EN and not (place and words[place - 1].text == ","))
            for place, word in enumerate(words)
        ],
        dtype=np.float64,
    )


def _series(bead: BeadWords) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return for each place ``[m + 1]`` whether a joint stands before it, and from it on."""
    joint = [word.text == "," or word.text in _JOINTS_EN for word in bead.english]
    return np.array([False, *joint]), np.array([*joint, False])
