from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from glossary.harvest.candidates_zh import Candidate, chinese_candidates
from glossary.harvest.head_forms import head_likeness
from glossary.harvest.parts import hidden_parts
from glossary.harvest.register import register_bound, register_count, register_share
from glossary.harvest.worth import WORTH, Surroundings, surroundings, worth, worth_input
from glossary.language.words import chinese_words
from glossary.model import Attestation, Authority, Score, Term

ALONE = Surroundings(0.0, 0, 0.0)


def rendering(text: str, context: str, certainty: float = 0.9) -> Term:
    start = context.index(text)
    proof = Attestation("en", 0, (start, start + len(text)), text, context, "b#0")
    score = Score(certainty, "test", (("links", 0.8), ("context", 0.8), ("phrase", 0.5)))
    return Term(text, "en", authority=Authority.OFFICIAL, attestations=(proof,), score=score)


def candidate(key: str) -> Candidate:
    return {c.key: c for c in chinese_candidates([f"我们要推进{key}。"])}[key]


def of(key: str, text: str, context: str, certainty: float = 0.9) -> float:
    terms = [rendering(text, context, certainty)]
    return worth(worth_input(candidate(key), terms, ALONE))


def test_a_formulation_is_worth_more_than_a_common_word() -> None:
    context = "We will advance the rural revitalization strategy and this work."
    strategy = of("乡村振兴战略", "rural revitalization strategy", context)
    assert strategy > 0.5
    assert of("工作", "work", context) < 0.1 < strategy


def test_a_doubtful_or_cut_rendering_costs() -> None:
    context = "We will advance the rural revitalization strategy."
    whole = of("乡村振兴战略", "rural revitalization strategy", context)
    assert of("乡村振兴战略", "rural revitalization strategy", context, 0.5) < whole
    assert of("乡村振兴战略", "advance the rural", context) < whole


def test_what_a_glossary_knows_is_worth_more() -> None:
    found = candidate("乡村振兴战略")
    terms = [rendering("rural strategy", "The rural strategy is new.")]
    unknown = worth(worth_input(found, terms, ALONE))
    assert worth(worth_input(replace(found, known=True), terms, ALONE)) > unknown


def test_evidence_is_finite_and_named() -> None:
    row = worth_input(candidate("网络强国"), [rendering("power", "A power.")], ALONE)
    assert row.shape == (len(WORTH),)
    assert np.isfinite(row).all()
    assert len(set(WORTH)) == len(WORTH)


def test_surroundings_tell_a_part_from_what_stands_alone() -> None:
    texts = ["建设网络强国。", "网络强国战略。", "网络强国战略好。"]
    places = surroundings(chinese_candidates(texts), texts)
    assert places["网络强国战略"].nested == 0
    part = places["网络强国"]
    assert part.holders >= 1
    assert part.nested == pytest.approx(2 / 3)
    assert part.neighbour == pytest.approx(2 / 3)


def test_the_longer_hides_what_never_stands_alone() -> None:
    texts = ["新型举国体制很好。", "新型举国体制。", "网络强国战略。", "网络强国。"]
    scored = [(0.5, found) for found in chinese_candidates(texts)]
    hidden = hidden_parts(scored)
    assert "举国体制" in hidden
    assert "网络强国" not in hidden


def test_heads_are_told_by_their_form() -> None:
    def likeness(text: str) -> float:
        return head_likeness(chinese_words(text, tags=True))

    assert likeness("数字经济战略") > likeness("领域重点")
    assert likeness("生态文明制度") > likeness("地区有关情况")


def test_the_register_tells_units_from_what_is_bound() -> None:
    assert register_count("社会主义市场经济") > 0
    assert not register_bound("社会主义市场经济")
    assert register_bound("绿水青山")
    assert register_count("绿水青山") == 0
    assert register_share("经济") > register_share("文化遗产") >= 0
