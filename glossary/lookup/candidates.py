"""Forms that may be meant by a query, each with how it was found and how alike it is."""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise, product

from glossary.language.pinyin import readings, split_letters, syllables, typed
from glossary.language.script import has_han
from glossary.language.variants import chinese_key, english_key, english_tokens, fold
from glossary.lookup.patterns import Pattern, parse_pattern
from glossary.lookup.similarity import ChineseSimilarity, latin_similarity, words_similarity
from glossary.termbase.index import Form, FormIndex
from glossary.termbase.tokens import character_pairs, syllable_pairs

__all__ = ["Candidate", "How", "candidates"]


#: Forms looked at for each way of finding them; a page of results shows far fewer.
_ENOUGH = 200
#: The same for queries that say little, patterns and single characters: most of what they find is
#: as good as the rest.
_ENOUGH_OF_MANY = 100
_ENOUGH_OF_ONE = 60
# Fuzzy search: the sixteen rarest tokens vote, of them only those in at most 20,000 forms; the
# hundred forms with most votes are compared. In the measurements of SQLite FTS5 over character
# pairs that the index follows, such voting found 99 % of the best matches of a full scan.
_VOTES = 16
_POSTINGS = 20_000
_COMPARED = 100
# Readings tried of each character; the others are rare.
_READINGS = 2
#: Below this, what is found has more wrong than right in common with the query: a term of three
#: characters may differ in one, a longer one or an English one in a quarter.
LEAST_CHINESE = 0.65
LEAST_LATIN = 0.75
# Letters of the parts of a word that was written together; shorter ones are its endings.
_SHORTEST_WORD = 3
# Letters from which on a word is still told with two slips in it, and of the longest English ones.
_LONG_WORD, _LONGEST_WORD = 8, 30


class How(enum.IntEnum):
    """How a term was found; the lower, the surer."""

    EXACT = 0  # the same text, apart from case and width
    VARIANT = 1  # other script, punctuation, inflection or articles
    PINYIN = 2  # the query is its reading
    INITIALS = 3  # the query is the first letters of its syllables
    PREFIX = 4  # it begins with the query
    CONTAINS = 5  # it contains the query
    PATTERN = 6  # it matches the query's wildcards or regular expression
    FUZZY = 7  # it resembles the query

    @property
    def label(self) -> str:
        """The name users read."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that may be meant. EXACT and VARIANT are told apart by a term's own text."""

    form: Form
    how: How
    similarity: float


def candidates(
    index: FormIndex, query: str, *, exact: bool = False, least: float | None = None
) -> Iterator[Candidate]:
    """Yield the forms that may be meant by ``query``, the surest ways first.

    Args:
        index: the search index of a termbase.
        query: Chinese, English, pinyin or initials.
        exact: only forms with the query's key.
        least: the least similarity of fuzzy finds, instead of the usual ones.
    """
    if not query.strip():
        return
    pattern = parse_pattern(query)
    if pattern is not None:
        yield from _matching(index, pattern)
        return
    find = _of_chinese if has_han(query) else _of_latin
    yield from find(index, query, exact, least)


def _matching(index: FormIndex, pattern: Pattern) -> Iterator[Candidate]:
    """Yield the forms of terms that match a pattern, the shorter the surer."""
    # Imported here: few queries are patterns, and start-up counts.
    from glossary.lookup.pattern_search import matching_texts

    texts = dict(matching_texts(index, pattern, _ENOUGH_OF_MANY))
    for form in index.forms(list(texts)):
        yield Candidate(form, How.PATTERN, 1 / (1 + len(texts[form.number])))


def _of_chinese(
    index: FormIndex, query: str, exact: bool, least: float | None
) -> Iterator[Candidate]:
    key = chinese_key(query, simplify=False)
    same = index.with_key(key, chinese=True)
    if not same:
        key = chinese_key(query)
        same = index.with_key(key, chinese=True)
    yield from (Candidate(form, How.VARIANT, 1.0) for form in same)
    if exact:
        return
    found = bool(same)
    enough = _ENOUGH if len(key) > 1 else _ENOUGH_OF_ONE
    for form in index.with_prefix(key, chinese=True, limit=enough):
        if form.key != key:
            found = True
            yield Candidate(form, How.PREFIX, len(key) / len(form.key))
    pairs = character_pairs(key, edges=False)
    holding = (
        index.containing([[pair] for pair in pairs], limit=_ENOUGH)
        if pairs
        else index.containing_character(key, limit=enough)
    )
    for form in holding:
        if key in form.key and not form.key.startswith(key):
            found = True
            yield Candidate(form, How.CONTAINS, len(key) / len(form.key))
    if found and least is None:
        return
    compare = ChineseSimilarity(key, LEAST_CHINESE if least is None else least)
    tokens = character_pairs(key) + _sound_pairs(key)
    for form in index.resembling(tokens, votes=_VOTES, postings=_POSTINGS, limit=_COMPARED):
        if form.pinyin is not None:
            similarity = compare(form.key, syllables(form.pinyin))
            if similarity:
                yield Candidate(form, How.FUZZY, similarity)


def _sound_pairs(key: str) -> list[str]:
    """Return the pairs of neighbouring syllables as which a Chinese key may be read."""
    sounds = [readings(character)[:_READINGS] or (character,) for character in key]
    pairs = (syllable_pairs(pair) for two in pairwise(sounds) for pair in product(*two))
    edges = (syllable_pairs([sound]) for sound in (*sounds[0], *sounds[-1]))
    return list(dict.fromkeys([*(pair[1] for pair in pairs), *chain.from_iterable(edges)]))


def _of_latin(
    index: FormIndex, query: str, exact: bool, least: float | None
) -> Iterator[Candidate]:
    lemma = _lemmatiser(index)
    found = list(_surely(index, query, lemma, exact))
    yield from found
    if exact or (found and least is None):
        return
    least = LEAST_LATIN if least is None else least
    yield from _misspelt_english(index, query, least, lemma)
    yield from _misspelt_pinyin(index, query, least)


def _surely(
    index: FormIndex, query: str, lemma: Callable[[str], str], exact: bool
) -> Iterator[Candidate]:
    """Yield forms that are, begin with or contain the query."""
    key = english_key(query, lemma)
    same = index.with_key(key, chinese=False)
    # Chinese terms may be written in Latin letters too: GDP, A股.
    same += index.with_key(chinese_key(query, simplify=False), chinese=True)
    yield from (Candidate(form, How.VARIANT, 1.0) for form in same)
    if exact:
        return
    yield from _read_so(index, query)
    yield from _beginning_so(index, query, key, lemma)
    words = key.split() if english_tokens(query) else []
    for form in index.containing([[word] for word in words], limit=_ENOUGH) if words else ():
        if form.key != key:
            # Words that stand apart or in another order say less.
            nearness = 1.0 if f" {key} " in f" {form.key} " else 0.8
            share = min(1.0, len(words) / len(form.key.split()))
            yield Candidate(form, How.CONTAINS, nearness * share)


def _read_so(index: FormIndex, query: str) -> Iterator[Candidate]:
    """Yield Chinese forms of which the query is the pinyin or the initials."""
    pinyin = typed(query)
    plain = "".join(filter(str.isalnum, fold(query)))
    letters, tones = pinyin or (plain, "")
    if not letters:
        return
    for spelling in dict.fromkeys((letters, plain)):
        for form in index.with_letters(spelling):
            own = "".join(filter(str.isdigit, form.pinyin or "")).replace("5", "")
            agree = not tones or tones.replace("5", "") == own
            # Another tone is another word more often than a slip.
            yield Candidate(form, How.PINYIN, 1.0 if agree else 0.8)
    if plain == "".join(query.split()).lower() and len(plain) > 1:
        for form in index.with_initials(plain, limit=_ENOUGH):
            yield Candidate(form, How.INITIALS, 1.0)
    # One or two letters begin too many readings to be of use.
    if len(letters) > 2:
        for form in index.with_letters_prefix(letters, limit=_ENOUGH):
            if form.letters and form.letters != letters:
                yield Candidate(form, How.PREFIX, len(letters) / len(form.letters))


def _beginning_so(
    index: FormIndex, query: str, key: str, lemma: Callable[[str], str]
) -> Iterator[Candidate]:
    """Yield English forms that begin with the query, whose last word may be incomplete."""
    words = english_tokens(query)
    if not words:
        return
    typed_so_far = " ".join([*(lemma(word) for word in words[:-1]), words[-1]])
    seen = set()
    for prefix in dict.fromkeys((typed_so_far, key)):
        for form in index.with_prefix(prefix, chinese=False, limit=_ENOUGH):
            if form.key != key and form.number not in seen:
                seen.add(form.number)
                yield Candidate(form, How.PREFIX, len(prefix) / len(form.key))


def _misspelt_english(
    index: FormIndex, query: str, least: float, lemma: Callable[[str], str]
) -> Iterator[Candidate]:
    asked = english_tokens(query)
    for words in (asked, *_respaced(index, asked)):
        text = " ".join(words)
        key = english_key(text, lemma)
        for form in _spelt_alike(index, words, key.split()):
            similarity = max(words_similarity(either, form.key) for either in (key, text))
            if similarity >= least:
                yield Candidate(form, How.FUZZY, similarity)


def _spelt_alike(index: FormIndex, words: list[str], lemmas: list[str]) -> list[Form]:
    """Return English forms with all the words, each perhaps misspelt, or else with most of them."""
    groups = []
    for word, lemma in zip(words, lemmas, strict=False):
        known = index.token_counts([lemma])
        near = index.similar_lemmas(word) + index.similar_lemmas(lemma)
        if not known and not near and _LONG_WORD <= len(word) <= _LONGEST_WORD:
            near = index.similar_lemmas(word, slips=2)
        group = list(dict.fromkeys([*known, *near]))
        if group:
            groups.append(group)
    forms = index.containing(groups, limit=_ENOUGH) if groups else []
    if not forms:
        tokens = [token for group in groups for token in group]
        forms = index.resembling(tokens, votes=_VOTES, postings=_POSTINGS, limit=_COMPARED)
    return [form for form in forms if not form.chinese]


def _respaced(index: FormIndex, words: list[str]) -> Iterator[list[str]]:
    """Yield the words with two joined or one parted, where that gives words of the termbase."""
    for place, (word, following) in enumerate(pairwise(words)):
        if index.lemma(word + following) is not None:
            yield [*words[:place], word + following, *words[place + 2 :]]
    for place, word in enumerate(words):
        if index.lemma(word) is None:
            for cut in range(_SHORTEST_WORD, len(word) - _SHORTEST_WORD + 1):
                parts = [word[:cut], word[cut:]]
                if all(index.lemma(part) is not None for part in parts):
                    yield [*words[:place], *parts, *words[place + 1 :]]


def _misspelt_pinyin(index: FormIndex, query: str, least: float) -> Iterator[Candidate]:
    pinyin = typed(query)
    if pinyin is None:
        return
    tokens = syllable_pairs(split_letters(pinyin[0]))
    for form in index.resembling(tokens, votes=_VOTES, postings=_POSTINGS, limit=_COMPARED):
        if form.letters:
            similarity = latin_similarity(pinyin[0], form.letters)
            if similarity >= least:
                yield Candidate(form, How.FUZZY, similarity)


# Endings of words that the dictionary lacks, if what is left is a lemma in the termbase.
_INFLECTIONS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"),
)  # fmt: skip


def _lemmatiser(index: FormIndex) -> Callable[[str], str]:
    """Return a lemmatiser that knows the words of a termbase and leaves others as they are."""

    @functools.cache  # each way of finding terms asks for the same few words
    def lemma(word: str) -> str:
        known = index.lemma(word)
        if known is not None:
            return known
        stems = [word.removesuffix(end) + new for end, new in _INFLECTIONS if word.endswith(end)]
        there = index.token_counts(stems)
        return next((stem for stem in stems if stem in there), word)

    return lemma
