"""Long texts are cut where nothing is in doubt, and align as they would whole."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from glossary.align import Side, align_sentences, pairwise
from glossary.align.chunks import Similarity, cut_points
from glossary.align.streams import SentenceStream
from glossary.encoders.protocol import FloatArray, Statistics, TokenStatistics


def similarities(n: int, m: int, dropped: range) -> FloatArray:
    """Source sentence i goes with target i, but the source lacks the ``dropped`` ones."""
    rng = np.random.default_rng(0)
    block = rng.normal(0, 0.08, (n, m)).astype(np.float32)
    kept = [j for j in range(m) if j not in dropped][:n]
    block[np.arange(len(kept)), kept] += 0.7
    return block


def part_of(block: FloatArray) -> Similarity:
    return lambda rows, columns: block[rows.start : rows.stop, columns.start : columns.stop]


@pytest.mark.parametrize("dropped", [range(0), range(300, 900)])
def test_cuts_lie_between_pairs_that_belong_together(dropped: range) -> None:
    n = 4000
    m = n + len(dropped)
    block = similarities(n, m, dropped)
    kept = [j for j in range(m) if j not in dropped]
    cuts = list(cut_points((n, m), part_of(block)))
    assert len(cuts) >= 3
    assert all(j == kept[i] for i, j in cuts)
    assert cuts == sorted(cuts)


def test_texts_without_a_safe_place_stay_whole() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, (1500, 1500)).astype(np.float32)
    assert list(cut_points((1500, 1500), part_of(noise))) == []


def test_what_nothing_near_renders_is_cut_off_by_itself() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, (3000, 2500)).astype(np.float32)
    cuts = list(cut_points((3000, 2500), part_of(noise), whole=3_000_000))
    assert cuts == [(1000, 0), (2000, 0)]


def test_weak_pairs_cut_where_there_are_no_sure_ones() -> None:
    block = similarities(2500, 2500, range(0)) / np.float32(8)
    cuts = list(cut_points((2500, 2500), part_of(block), whole=1_000_000))
    assert cuts
    assert all(i == j for i, j in cuts)


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
    monkeypatch.setattr(pairwise, "WHOLE", 1_000_000)
    links = align_sentences(*sides, encoder=None)
    assert [i for link in links for i in link.source] == list(range(1600))
    assert [j for link in links for j in link.target] == list(range(1580))
    right = [link for link in links if link.source and link.target]
    assert sum(
        link.target[0] == link.source[0] - 20 * (link.source[0] >= 720) for link in right
    ) > 0.99 * len(right)


class Letters:
    """An encoder whose statistics tell the text and what follows it."""

    name, dimensions = "letters", 1

    def __init__(self) -> None:
        self.encoded = 0

    def statistics(self, texts: Sequence[str], *, seams: bool = False) -> Statistics:
        self.encoded += len(texts)
        sums = np.array([[float(text)] for text in texts], dtype=np.float32)
        return Statistics(sums, np.ones(len(texts), np.float32), sums[1:] * 2, -sums[1:, 0])

    def finish(self, sums: FloatArray, counts: NDArray[np.float32]) -> FloatArray:
        return sums

    def encode(self, texts: Sequence[str]) -> FloatArray:
        return self.statistics(texts).sums

    def token_statistics(self, texts: Sequence[str]) -> list[TokenStatistics]:
        raise NotImplementedError


def test_a_stream_gives_the_statistics_of_the_whole_and_reads_each_sentence_once() -> None:
    texts = [str(number) for number in range(3000)]
    whole = Letters().statistics(texts, seams=True)
    encoder = Letters()
    with ThreadPoolExecutor(1) as beside:
        stream = SentenceStream(texts, encoder, list, beside)
        for at in (range(0, 900), range(700, 1500), range(1500, 3000), range(2999, 3000)):
            encoded = stream.encoded(at)
            part = encoded.statistics
            np.testing.assert_array_equal(encoded.vectors, whole.sums[at.start : at.stop])
            np.testing.assert_array_equal(part.sums, whole.sums[at.start : at.stop])
            assert part.seams is not None and whole.seams is not None
            assert part.seam_counts is not None and whole.seam_counts is not None
            np.testing.assert_array_equal(part.seams, whole.seams[at.start : at.stop - 1])
            np.testing.assert_array_equal(
                part.seam_counts, whole.seam_counts[at.start : at.stop - 1]
            )
            stream.forget(at.start)
    assert encoder.encoded == 3000 + 2
