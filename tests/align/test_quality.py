"""The quality that alignment may not fall below, on gold beads."""

from pathlib import Path

import pytest
from corpora import shared_dir

from glossary.align import Side, align_sentences
from glossary.align.agreement import Agreement, compare
from glossary.align.ladder import read_ladder
from glossary.align.modes import choose_encoder
from glossary.encoders import default_encoder, e5_available
from glossary.encoders.protocol import Encoder
from glossary.language.script import detect_language

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"


def measure(folder: Path, encoder: Encoder | None) -> Agreement:
    total = Agreement()
    for gold in sorted((folder / "gold").glob("*.align")):
        texts = [
            (folder / side / gold.stem).read_text(encoding="utf-8").splitlines()
            for side in ("src", "tgt")
        ]
        sides = [Side(text, detect_language(" ".join(text)) or "en") for text in texts]
        links = align_sentences(sides[0], sides[1], encoder=encoder)
        total += compare([(link.source, link.target) for link in links], read_ladder(gold))
    assert total.strict.gold
    return total


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


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "floor"), [("mac-dev/txt", 0.905), ("align-gold-academic", 0.99)]
)
def test_the_gold_corpora(folder: str, floor: float) -> None:
    assert measure(shared_dir() / "data" / folder, default_encoder()).strict.f1 >= floor
