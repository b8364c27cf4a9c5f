"""Which renderings of one concept are forms of one rendering, and which compete.

Two renderings are forms of one if a translator would use either as the other: they have the same
words of meaning in any number, case, spelling, order and part of speech, one spells out what the
other abbreviates, or what one has more goes without saying. Another word of meaning makes another
rendering.

A sentence encoder is not asked. Alone it is no better than the exact normal form
(``scripts/evaluate_variants.py --peers``), and its cosine as further evidence in a logistic model
over these relations left F1 of the pairs where it was (.87 on the development half of the gold).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from glossary.harvest.abbreviations import abbreviates, spelt_out
from glossary.harvest.citation import phrase_key
from glossary.harvest.linkage import average_linkage
from glossary.language.inflected import IMPLIED, InflectedWord, inflected_words
from glossary.model import Term, TermType

__all__ = ["cluster_terms", "cluster_texts"]

# Verbs that only make a clause of a noun phrase ("build China into a strong cyber country"), and
# nouns that only name the class of a thing ("Belt and Road Initiative").
_LIGHT = (
    "build make ensure promote take carry conduct achieve exercise implement develop turn become "
    "create establish foster pursue"
)
_CLASSES = (
    "initiative policy principle plan program scheme arrangement system strategy campaign "
    "governance work type item region"
)
_DROPPED = IMPLIED | {
    form for word in inflected_words(f"{_LIGHT} {_CLASSES}") for form in (word.lemma, word.stem)
}
# A name says these where it is given in full: "Law of the People's Republic of China", "Limited".
_COUNTRY = re.compile(r"\bPeople[’']s Republic of China\b")
_FIRM = re.compile(r",? (?:Limited|Ltd)\b\.?")
_NUMERALS = {
    word: str(number)
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
# "Well-to-do" and "well-off": function words that a hyphen binds mean something.
_BINDING = "-"
# "Anti-corruption campaign", "campaign against corruption"; neither is a campaign of corruption.
_AGAINST = "against"
_SAME = _NUMERALS | {"anti": _AGAINST, "rmb": "renminbi"}
# Those who do a thing are not the thing: "asset managers", "asset management".
_DOERS = ("er", "or")
_COORDINATION = re.compile(r"\b(?:and|or)\b|[,;/&–]", re.IGNORECASE)
_NOUN_OF_VERB = re.compile("(?<=...)(?:ation|ition|ion|ing|ment)$")
# Only renderings with words that begin alike are compared: "cyberpower" may be "cyber power".
_BEGINNING = 3
# Words of at least so many letters that differ in one are one word: "adviser", "advisor".
_SPELT_ALIKE = 7
# Words of meaning that have to remain where a class or a light verb is left out.
_ENOUGH = 2
# Likeness of two renderings of which one has more that goes without saying, and the least mean
# likeness of two clusters that are joined: half of their forms have to be alike. On the development
# half of the gold .4 and .6 give the same.
_FULLER = 0.9
_ALIKE = 0.5


def cluster_terms(terms: Sequence[Term]) -> list[list[Term]]:
    """Return renderings of one concept as clusters: each holds the forms of one rendering.

    Within a cluster abbreviations of another form are marked as such.
    """
    # What an abbreviation stands for is asked of the better attested first.
    terms = sorted(terms, key=lambda term: (-int(term.authority), -term.count, term.text))
    clusters = []
    for numbers in cluster_texts([term.text for term in terms]):
        some = [terms[number] for number in numbers]
        clusters.append(
            [
                replace(
                    term,
                    term_type=TermType.ABBREVIATION
                    if any(abbreviates(term.text, other.text) for other in some)
                    else TermType.FULL_FORM,
                )
                for term in some
            ]
        )
    return clusters


def cluster_texts(texts: Sequence[str], *, closely: bool = False) -> list[list[int]]:
    """Return the numbers of the renderings of one concept, those of one rendering together.

    Average linkage over the likeness of each two.

    Args:
        texts: the renderings.
        closely: whether one may not have a light verb or the class of the thing more, since the
            texts need not be of one concept: "Party committee", "Party working committee".
    """
    dropped = IMPLIED if closely else _DROPPED
    groups: dict[str, list[int]] = defaultdict(list)
    full = [_COUNTRY.sub("PRC", _FIRM.sub("", text)) for text in spelt_out(texts)]
    for number, text in enumerate(full):
        groups[phrase_key(text)].append(number)
    members = list(groups.values())
    keys = [_key(full[some[0]]) for some in members]
    likeness = {
        (one, other): _likeness(keys[one], keys[other], dropped)
        for one, other in _with_common_beginnings(keys)
    }
    joined = average_linkage(len(members), likeness, least=_ALIKE)
    return sorted(sorted(n for group in some for n in members[group]) for some in joined)


def _with_common_beginnings(keys: Sequence[_Key]) -> set[tuple[int, int]]:
    """Return the pairs of renderings that may share a word, the lower number first."""
    with_beginning: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        for beginning in {form[:_BEGINNING] for _, form in key.stems}:
            with_beginning[beginning].append(number)
    return {
        pair for numbers in with_beginning.values() for pair in itertools.combinations(numbers, 2)
    }


_Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Key:
    """What a rendering is compared by.

    Attributes:
        lemmas, stems: of its words of meaning, each as written and its lemma or stem.
        coordinates: whether it puts things side by side: "reform and opening".
    """

    lemmas: _Words
    stems: _Words
    coordinates: bool


def _key(text: str) -> _Key:
    words = inflected_words(text)
    some = [word for word in words if _has_meaning(word, text)] or words
    written = [text[word.start : word.end].lower() for word in some]
    lemmas = [_SAME.get(word.lemma, word.lemma) for word in some]
    stems = [_SAME.get(word.lemma, _stem(word)) for word in some]
    return _Key(
        tuple(zip(written, lemmas, strict=True)),
        tuple(zip(written, stems, strict=True)),
        _COORDINATION.search(text) is not None,
    )


def _stem(word: InflectedWord) -> str:
    doer = word.lemma.endswith(_DOERS) and word.stem != word.lemma
    return f"{word.stem}+er" if doer else word.stem


def _has_meaning(word: InflectedWord, text: str) -> bool:
    if word.lemma == _AGAINST:
        return True
    return word.content or (word.start > 0 and text[word.start - 1] in _BINDING)


def _likeness(one: _Key, other: _Key, dropped: frozenset[str]) -> float:
    words, others = one.stems, other.stems
    if len(words) == len(others) == 1:
        # "Modern" is not "modernization".
        if _verbal(one.lemmas[0][1]) != _verbal(other.lemmas[0][1]):
            return 0.0
    elif one.coordinates != other.coordinates:
        # "Open cooperation" is not "openness and cooperation", "key core technology" is "key and
        # core technology".
        words, others = one.lemmas, other.lemmas
    first, second = Counter(_compounded(words, others)), Counter(_compounded(others, words))
    left, right = first - second, second - first
    if not left and not right:
        return 1.0
    if {*(first & second)} <= IMPLIED:
        # "Chinese Communists" is not the Communist Party of China.
        return 0.0
    if left and right:
        return _FULLER if _same_but_for_spelling([*left], [*right]) else 0.0
    more = {*left, *right}
    # "Year" is not "work this year": a class or a verb is left out only where enough remains.
    enough = more <= IMPLIED or (first & second).total() >= _ENOUGH
    return _FULLER if enough and more <= dropped else 0.0


def _verbal(lemma: str) -> str:
    """Return a word without the ending that makes a noun of a verb: "modernize", "-ization"."""
    return _NOUN_OF_VERB.sub("", lemma).removesuffix("e")


def _compounded(words: _Words, others: _Words) -> list[str]:
    """Return the lemmas or stems of words; two that others write as one become that one."""
    compounds = dict(others) | {form: form for _, form in others}
    forms: list[str] = []
    number = 0
    while number < len(words):
        pair = words[number : number + 2]
        if len(pair) == 2:
            form = compounds.get(pair[0][0] + pair[1][0]) or compounds.get(pair[0][0] + pair[1][1])
            if form:
                forms.append(form)
                number += 2
                continue
        forms.append(words[number][1])
        number += 1
    return forms


def _same_but_for_spelling(left: list[str], right: list[str]) -> bool:
    if {*left, *right} <= IMPLIED:
        return True
    return (
        len(left) == len(right) == 1
        and min(len(left[0]), len(right[0])) >= _SPELT_ALIKE
        and OSA.distance(left[0], right[0], score_cutoff=1) <= 1
    )
