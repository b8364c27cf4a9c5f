"""The index finds what comparing with every text finds."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.errors import BadInputError
from glossary.memory import Entry, similarity
from glossary.memory.arrays import read_arrays, write_arrays
from glossary.memory.index import MAX_UNITS, SLACK, SLACK_CHINESE, MemoryIndex
from glossary.memory.postings import build_postings, tokens_of
from glossary.memory.units import coded, plain_text, wordy_share

CHINESE = st.text(alphabet="网络强国人民发展的，。2", min_size=1, max_size=14)
ENGLISH = st.lists(
    st.sampled_from(
        "the people people's develop develops a strong cyber country 2020 2021 ,".split()
    ),
    min_size=1,
    max_size=10,
).map(" ".join)
SEGMENTS = st.one_of(CHINESE, ENGLISH, st.tuples(CHINESE, ENGLISH).map("".join))


def index_of(texts: list[str]) -> MemoryIndex:
    return MemoryIndex.build(Entry(plain_text(text), text, "en") for text in texts)


def guaranteed(segment: str, threshold: int) -> int:
    """Return the likeness in units from which every match is found."""
    slack = SLACK_CHINESE + round((SLACK - SLACK_CHINESE) * wordy_share(segment))
    return threshold - slack


@settings(max_examples=400, deadline=None)
@given(
    st.lists(SEGMENTS, min_size=1, max_size=40), SEGMENTS, st.sampled_from([40, 60, 70, 85, 100])
)
def test_it_finds_what_a_full_scan_finds(texts: list[str], segment: str, threshold: int) -> None:
    index = index_of(texts)
    hits = index.search(segment, threshold)
    found = {
        index.text(number): (percent, in_units, in_characters)
        for number, percent, in_units, in_characters in zip(
            hits.texts.tolist(),
            hits.percent.tolist(),
            hits.units.tolist(),
            hits.characters.tolist(),
            strict=True,
        )
    }
    for text in dict.fromkeys(map(plain_text, texts)):
        true = similarity(segment, text)
        if text in found:
            assert found[text] == (true.percent, true.units, true.characters)
            assert true.percent >= threshold
        else:
            # Rounding down hides less than one point.
            assert true.percent < threshold or true.units <= guaranteed(segment, threshold)


def test_it_finds_slightly_edited_texts_among_many() -> None:
    chance = random.Random(7)
    words = (
        "国家 人民 发展 网络 经济 建设 现代化 改革 开放 安全 文化 社会 主义 制度 创新 绿色".split()
    )
    texts = ["".join(chance.choices(words, k=chance.randint(4, 12))) + "。" for _ in range(3000)]
    index = index_of(texts)
    for text in chance.sample(texts, 50):
        place = chance.randrange(len(text))
        hits = index.search(text[:place] + "新" + text[place + 1 :], 70)
        best = max(
            similarity(text[:place] + "新" + text[place + 1 :], other).percent for other in texts
        )
        assert hits.percent.max() == best


@pytest.mark.parametrize("text", ["网络强国网络强国", "a b a b a", "第1章第2章", "网", "，", ""])
def test_the_tokens_of_a_text_are_those_of_the_index(text: str) -> None:
    codes = coded(text)
    built = build_postings(
        np.frombuffer(codes.encode("utf-32-le"), np.uint32), np.array([len(codes)], np.int64)
    )
    assert tokens_of(codes).tokens.tolist() == built.tokens.tolist()
    assert len(built.tokens) == len(codes)


def test_an_empty_memory_and_an_empty_segment() -> None:
    assert not len(index_of([]).search("网络强国", 70).texts)
    assert not len(index_of(["网络强国"]).search("  ", 70).texts)


def test_a_huge_segment_is_refused_and_a_huge_text_is_not() -> None:
    index = index_of(["网" * (MAX_UNITS + 1), "网络强国"])
    assert index.search("网络强国", 70).percent.tolist() == [100]
    with pytest.raises(BadInputError, match="split it into sentences"):
        index.search("网" * (MAX_UNITS + 1), 70)


def test_entries_come_out_as_they_went_in() -> None:
    entries = [
        Entry("甲乙", "x", "en-US", "essay", None, "2017-10", 0.5),
        Entry("丙丁", "y", "en-GB"),
        Entry("甲乙", "z", "en-US", "", None, "2020-01-02"),
    ]
    index = MemoryIndex.build(entries)
    assert [
        index.entry(text, number)
        for text in range(index.text_count)
        for number in index.entries_of_text(text)
    ] == [entries[0], entries[2], entries[1]]


def test_the_same_entries_make_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        index = index_of(["网络强国", "the people", "网络强国"])
        write_arrays(tmp_path / name, index.header, index.arrays)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    read = read_arrays(tmp_path / "a")
    assert read is not None
    assert MemoryIndex(*read).search("网络强国", 100).percent.tolist() == [100]


@pytest.mark.parametrize("cut", [0, 5, 14, 40, 500, -1])
def test_a_damaged_index_file_is_not_read(tmp_path: Path, cut: int) -> None:
    index = index_of(["网络强国"])
    path = tmp_path / "index"
    write_arrays(path, index.header, index.arrays)
    path.write_bytes(path.read_bytes()[:cut])
    assert read_arrays(path) is None
    assert read_arrays(tmp_path / "none") is None
