"""English words as they are compared: inflection, spelling, derivation."""

from __future__ import annotations

import pytest

from glossary.language.inflected import inflected_words, occurrences
from glossary.language.words import english_inflections, english_lemma


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the cyber countries", "Cyber country"),
        ("research centres", "a research center"),
        ("national defences", "the national defense"),
        ("state-owned enterprises", "State-owned Enterprise"),
        ("exercises", "exercising"),
        ("labour programmes", "labor program"),
        ("the Party’s lines", "the Party's line"),
        ("joint communiqués", "joint communiqué"),
    ],
)
def test_inflections_and_spellings_have_the_same_lemmas(one: str, other: str) -> None:
    assert [word.lemma for word in inflected_words(one)] == [
        word.lemma for word in inflected_words(other)
    ]


@pytest.mark.parametrize("word", ["always", "overseas", "ethics", "ourselves", "AI"])
def test_words_that_only_look_inflected_stay(word: str) -> None:
    assert [found.lemma for found in inflected_words(word)] == [word.lower()]


@pytest.mark.parametrize(
    "words", ["modernise modernization", "implement implementation", "elect election"]
)
def test_derivations_share_their_stem_only(words: str) -> None:
    verb, noun = inflected_words(words)
    assert verb.stem == noun.stem
    assert verb.lemma != noun.lemma


def test_words_keep_their_places_and_class() -> None:
    text = "(Build) the rule of law!"
    words = inflected_words(text)
    assert [text[word.start : word.end] for word in words] == ["Build", "rule", "of", "law"]
    assert [word.content for word in words] == [True, True, False, True]


@pytest.mark.parametrize(
    ("want", "places"),
    [(["a", "b"], [0, 3]), (["c"], [2, 5]), (["b", "a"], []), ([], []), (list("abcabcd"), [])],
)
def test_a_sequence_is_found_everywhere(want: list[str], places: list[int]) -> None:
    assert list(occurrences(list("abcabc"), want)) == places


@pytest.mark.parametrize(
    ("lemma", "inflections"), [("go", {"goes", "went"}), ("child", {"children"})]
)
def test_a_lemma_has_its_irregular_inflections(lemma: str, inflections: set[str]) -> None:
    assert inflections < set(english_inflections(lemma))


@pytest.mark.parametrize("lemma", ["be", "child", "good", "power", "strategy"])
def test_inflections_have_the_lemma_that_they_are_found_by(lemma: str) -> None:
    assert {english_lemma(word) for word in english_inflections(lemma)} == {lemma}
