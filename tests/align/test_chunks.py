"""Long texts are cut where nothing is in doubt, and align as they would whole."""

import numpy as np
import pytest

from glossary.align import Side, align_sentences, pairwise
from glossary.align.chunks import cut_points
from glossary.encoders.protocol import FloatArray


def similarities(n: int, m: int, dropped: range) -> FloatArray:
    """Source sentence i goes with target i, but the source lacks the ``dropped`` ones."""
    rng = np.random.default_rng(0)
    block = rng.normal(0, 0.08, (n, m)).astype(np.float32)
    kept = [j for j in range(m) if j not in dropped][:n]
    block[np.arange(len(kept)), kept] += 0.7
    return block


@pytest.mark.parametrize("dropped", [range(0), range(300, 900)])
def test_cuts_lie_between_pairs_that_belong_together(dropped: range) -> None:
    n = 4000
    m = n + len(dropped)
    block = similarities(n, m, dropped)
    kept = [j for j in range(m) if j not in dropped]
    cuts = cut_points(
        (n, m), lambda rows, columns: block[rows.start : rows.stop, columns.start : columns.stop]
    )
    assert len(cuts) >= 3
    assert all(j == kept[i] for i, j in cuts)
    assert cuts == sorted(cuts)


def test_texts_without_a_safe_place_stay_whole() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, (1500, 1500)).astype(np.float32)
    assert cut_points((1500, 1500), lambda rows, columns: noise[: len(rows), : len(columns)]) == []


def test_cut_texts_align_as_whole_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = [
        f"第{number}条　本项规定自{1950 + number % 70}年起施行。" for number in range(11, 1611)
    ]
    english = [
        f"Article {number} This provision takes effect from {1950 + number % 70}."
        for number in range(11, 1611)
    ]
    del english[700:720]
    sides = (Side(chinese, "zh-Hans"), Side(english, "en"))
    monkeypatch.setattr(pairwise, "_WHOLE", 1_000_000)
    links = align_sentences(*sides, encoder=None)
    assert [i for link in links for i in link.source] == list(range(1600))
    assert [j for link in links for j in link.target] == list(range(1580))
    right = [link for link in links if link.source and link.target]
    assert sum(
        link.target[0] == link.source[0] - 20 * (link.source[0] >= 720) for link in right
    ) > 0.99 * len(right)
