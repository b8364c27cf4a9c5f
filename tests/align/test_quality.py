"""The quality that alignment may not fall below, on gold beads."""

from pathlib import Path

import pytest
from corpora import shared_dir

from glossary.align import Side, align_sentences
from glossary.align.agreement import Agreement, compare
from glossary.align.ladder import read_ladder
from glossary.align.modes import Mode, choose_encoder
from glossary.encoders import default_encoder, e5_available
from glossary.encoders.protocol import Encoder
from glossary.language.script import detect_language
from glossary.publish.alignment import REVIEW_BELOW

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"


Scored = list[tuple[float, bool]]


def measure(folder: Path, encoder: Encoder | None) -> Agreement:
    return measured(folder, encoder)[0]


def measured(folder: Path, encoder: Encoder | None) -> tuple[Agreement, Scored]:
    """Return the agreement with the gold, and each bead's score with whether it is right."""
    total = Agreement()
    scored: Scored = []
    for gold in sorted((folder / "gold").glob("*.align")):
        texts = [
            (folder / side / gold.stem).read_text(encoding="utf-8").splitlines()
            for side in ("src", "tgt")
        ]
        sides = [Side(text, detect_language(" ".join(text)) or "en") for text in texts]
        links = align_sentences(sides[0], sides[1], encoder=encoder)
        beads = read_ladder(gold)
        total += compare([(link.source, link.target) for link in links], beads)
        scored += (
            (link.score, (link.source, link.target) in beads)
            for link in links
            if link.source and link.target
        )
    assert total.strict.gold
    return total, scored


def test_the_sample_with_the_encoder() -> None:
    agreement = measure(SAMPLE, default_encoder())
    assert agreement.strict.f1 >= 0.97
    assert agreement.alone.recall >= 0.9


@pytest.mark.skipif(not e5_available(), reason="the extra neural is not installed")
def test_the_sample_with_a_second_look() -> None:
    agreement = measure(SAMPLE, choose_encoder("best", 0))
    assert agreement.strict.f1 >= 0.97
    assert agreement.alone.recall >= 0.9


def test_the_sample_by_words_alone() -> None:
    assert measure(SAMPLE, None).strict.f1 >= 0.9


@pytest.mark.parametrize("mode", ["fast", "best"])
def test_beads_above_the_threshold_for_review_need_none(mode: Mode) -> None:
    if mode == "best" and not e5_available():
        pytest.skip("the extra neural is not installed")
    _, scored = measured(SAMPLE, choose_encoder(mode, 0))
    kept = [right for score, right in scored if score >= REVIEW_BELOW]
    assert sum(kept) >= 0.99 * len(kept)
    assert len(kept) >= 0.85 * len(scored)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "mode", "floor"),
    [
        ("mac-dev/txt", "fast", 0.925),
        ("mac-dev/txt", "best", 0.937),
        ("align-gold-academic", "fast", 0.996),
        ("align-gold-academic", "best", 0.994),
    ],
)
def test_the_gold_corpora(folder: str, mode: Mode, floor: float) -> None:
    folder_of_gold = shared_dir() / "data" / folder
    assert measure(folder_of_gold, choose_encoder(mode, 0)).strict.f1 >= floor
