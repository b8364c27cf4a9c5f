"""Candidates are counted in the whole corpus, and the pairs that hold most of them chosen."""

from __future__ import annotations

import itertools
import random

import pytest

from glossary.build.corpus.counting import Phrases, count_texts
from glossary.build.corpus.cover import cover


def test_a_candidate_counts_once_a_text_in_either_script_and_with_marks() -> None:
    phrases = Phrases.of(["强国", "网络强国", "网络强国建设", "发展", "从未出现"])
    texts = ["网络强国，强国。", "建設網絡強國！", "“网络强国”建设", "發展\n发展", ""]
    assert count_texts(texts, phrases) == {
        "强国": 3,
        "网络强国": 3,
        "网络强国建设": 1,
        "发展": 1,
    }


def test_counts_are_those_of_plain_search() -> None:
    chance = random.Random(5)
    texts = ["".join(chance.choices("网络强国建设", k=chance.randrange(12))) for _ in range(200)]
    keys = {"".join(chance.choices("网络强国建设", k=chance.randrange(2, 6))) for _ in range(300)}
    expected = {key: n for key in keys if (n := sum(key in text for text in texts))}
    assert count_texts(texts, Phrases.of(keys)) == expected


def test_every_candidate_is_covered_enough_by_few_pairs() -> None:
    # Number n has the candidates that divide it.
    members = [[d for d in range(1, 41) if n % d == 0] for n in range(1, 101)]
    chosen = cover(members, [0.0] + [1.0] * 40, [1.0] * 100, enough=2, most=100)
    for divisor in range(1, 41):
        assert sum((n + 1) % divisor == 0 for n in chosen) >= 2, divisor
    # Two for each of the 40 would be up to 80: a pair that serves several is chosen first.
    assert len(chosen) < 50


@pytest.mark.parametrize("most", [1, 2, 3])
def test_what_is_chosen_is_worth_nearly_as_much_as_can_be(most: int) -> None:
    chance = random.Random(most)
    for _ in range(20):
        members = [chance.sample(range(12), 4) for _ in range(10)]
        values = [chance.random() for _ in range(12)]

        def worth(pairs: tuple[int, ...]) -> float:
            held = {key for pair in pairs for key in members[pair]}  # noqa: B023
            return sum(values[key] for key in held)  # noqa: B023

        best = max(map(worth, itertools.combinations(range(10), most)))
        chosen = cover(members, values, [1.0] * 10, enough=1, most=most)
        assert len(chosen) == most
        assert worth(tuple(chosen)) >= 0.63 * best


def test_what_is_worth_nothing_is_not_read_and_what_costs_less_is_read_first() -> None:
    assert cover([[0], [1]], [0.0, 1.0], [1.0, 1.0], enough=1, most=2) == [1]
    assert cover([[0], [0], [0]], [1.0], [3.0, 1.0, 2.0], enough=1, most=3) == [1]
