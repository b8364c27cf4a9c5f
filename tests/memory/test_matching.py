"""Memories as files, context, penalties, ranking, and what is said of bad ones."""

import os
from pathlib import Path

import pytest

from glossary.errors import BadInputError, TifaError, UsageError
from glossary.memory import MatchKind, Penalties, TranslationMemory
from glossary.memory.entries import base_language, entries_of
from glossary.model import (
    Authority,
    Bead,
    Bitext,
    Document,
    Memory,
    Segment,
    Source,
    TranslationUnit,
    Variant,
)
from glossary.termbase import Termbase
from tmx import tmx14

SENTENCES = (
    ("科技兴则民族兴。", "When science prospers, the nation prospers."),
    ("我们修建公园。", "We build parks."),
    ("科技强则国家强。", "When science is strong, the country is strong."),
    ("我们修建公园。", "We are building parks."),
)


def unit(
    source: str,
    target: str,
    props: tuple[tuple[str, str], ...] = (),
    attributes: tuple[tuple[str, str], ...] = (),
) -> TranslationUnit:
    return TranslationUnit(
        (Variant("zh-CN", (source,)), Variant("en-US", (target,))),
        props=props,
        attributes=attributes,
    )


def tmx_file(path: Path, *units: TranslationUnit) -> Path:
    tmx14.dump(Memory(units, "zh-CN"), path)
    return path


def documents(*sentences: tuple[str, str]) -> Bitext:
    made = []
    for side, language in enumerate(("zh-Hans", "en")):
        source = Source(
            ("essay", "version")[side],
            language=language,
            date=(None, "2020-05")[side],
            authority=Authority.OFFICIAL,
        )
        texts = [pair[side] for pair in sentences]
        segments, position = [], 0
        for index, text in enumerate(texts):
            span = (position, position + len(text))
            segments.append(Segment(source.id, index, text, span, index))
            position += len(text) + 1
        made.append(Document(source, "\n".join(texts), tuple(segments)))
    beads = tuple(Bead(((index,), (index,)), 0.99) for index in range(len(sentences)))
    return Bitext("essay+version", tuple(made), beads, "by hand")


@pytest.fixture
def termbase(tmp_path: Path) -> Path:
    path = tmp_path / "base.sqlite"
    with Termbase.create(path) as base:
        base.add_bitext(documents(*SENTENCES))
    return path


def test_a_segment_in_its_context_has_101(termbase: Path) -> None:
    memory = TranslationMemory.open(termbase, "zh-Hans")
    text = "我们修建公园。"
    found = memory.match(text, previous="科技强则国家强。", following="")
    assert [(m.percent, m.kind, m.entry.target) for m in found] == [
        (101, MatchKind.IN_CONTEXT, "We are building parks."),
        (100, MatchKind.EXACT, "We build parks."),
    ]
    # One neighbour alone is no context, and neither is an unknown one.
    for around in (("科技强则国家强。", "科技"), ("科技强则国家强。", None), (None, None)):
        previous, following = around
        found = memory.match(text, previous=previous, following=following)
        assert {match.percent for match in found} == {100}


def test_the_other_direction(termbase: Path) -> None:
    memory = TranslationMemory.open(termbase, "en")
    (match,) = memory.match("We build parks.", threshold=90)
    assert (match.entry.target, match.entry.language) == ("我们修建公园。", "zh-Hans")
    assert (match.entry.origin, match.entry.authority) == ("version", Authority.OFFICIAL)
    assert (match.entry.date, match.entry.alignment) == ("2020-05", 0.99)


@pytest.mark.parametrize(
    "props",
    [
        (("prev", "甲。"), ("next", "丙。")),
        (("x-context-pre", "<seg>甲。</seg>"), ("x-context-post", "<seg>丙。</seg>")),
    ],
)
def test_context_that_other_tools_write(tmp_path: Path, props: tuple[tuple[str, str], ...]) -> None:
    path = tmx_file(tmp_path / "m.tmx", unit("乙，很好。", "B.", props))
    memory = TranslationMemory.open(path, "zh")
    assert memory.match("乙，很好。", previous="甲。", following="丙。")[0].percent == 101


def test_context_by_beads_needs_neighbouring_beads(tmp_path: Path) -> None:
    units = [
        unit(text, text, (("x-source", "essay"), ("x-bead", bead)))
        for text, bead in (("甲甲。", "0"), ("乙乙。", "1"), ("丙丙。", "2"), ("丁丁。", "4"))
    ]
    path = tmx_file(tmp_path / "m.tmx", *units)
    found = {entry.source: (entry.previous, entry.following) for entry in entries_of(path, "zh")}
    assert found == {
        "甲甲。": ("", "乙乙。"),
        "乙乙。": ("甲甲。", "丙丙。"),
        "丙丙。": ("乙乙。", None),
        "丁丁。": (None, None),
    }


def test_penalties_and_ranking(tmp_path: Path) -> None:
    def of(target: str, authority: str, date: str = "", score: str = "") -> TranslationUnit:
        props = tuple(
            (name, value)
            for name, value in (("x-authority", authority), ("x-score", score))
            if value
        )
        return unit("我们修建公园。", target, props, (("creationdate", date),) if date else ())

    path = tmx_file(
        tmp_path / "m.tmx",
        of("machine", "machine", "20240101T000000Z"),
        of("old", "official", "20100101T000000Z"),
        of("new", "official", "20200601T000000Z"),
        of("doubtful", "official", "20200601T000000Z", "0.5"),
        of("unknown", ""),
        of("unofficial", "unofficial"),
    )
    memory = TranslationMemory.open(path, "zh")
    found = memory.match("我们修建公园。", limit=9)
    assert [(m.entry.target, m.percent, m.penalty) for m in found] == [
        ("new", 100, 0),
        ("old", 100, 0),
        ("unknown", 100, 0),
        ("unofficial", 98, 2),
        ("doubtful", 95, 5),
        ("machine", 90, 10),
    ]
    harder = Penalties.from_labels(["machine=40", "year=1", "doubtful=0"])
    found = memory.match("我们修建公园。", limit=9, penalties=harder)
    # Years count from the newest date of the memory; below the threshold nothing is given.
    assert [(m.entry.target, m.percent) for m in found] == [
        ("unknown", 100),
        ("unofficial", 98),
        ("new", 97),
        ("doubtful", 97),
        ("old", 86),
    ]


@pytest.mark.parametrize("wish", ["machine", "machine=", "machine=-1", "luck=3", "year=101", "=1"])
def test_a_penalty_that_is_none(wish: str) -> None:
    with pytest.raises(UsageError, match="is no penalty"):
        Penalties.from_labels([wish])


def test_only_the_wanted_language(tmp_path: Path) -> None:
    three = TranslationUnit(
        (Variant("zh-CN", ("网络强国。",)), Variant("fr", ("France.",)), Variant("en-GB", ("B.",)))
    )
    memory = TranslationMemory.open(tmx_file(tmp_path / "m.tmx", three), "zh")
    assert memory.target_languages() == ("fr", "en-GB")
    assert [m.entry.target for m in memory.match("网络强国。", target="en-US")] == ["B."]


def test_a_large_memory_is_indexed_once_and_anew_when_it_changes(tmp_path: Path) -> None:
    units = [unit(f"第{number}号文件。", str(number)) for number in range(5_000)]
    path = tmx_file(tmp_path / "m.tmx", *units)
    index = tmp_path / "m.tmx.zh.tifa-match"
    first = TranslationMemory.open(path, "zh").match("第77号文件。", limit=1)
    written = index.stat().st_mtime_ns
    assert TranslationMemory.open(path, "zh").match("第77号文件。", limit=1) == first
    assert index.stat().st_mtime_ns == written
    # A damaged index is made anew.
    index.write_bytes(index.read_bytes()[:-100])
    assert TranslationMemory.open(path, "zh").match("第77号文件。", limit=1) == first
    tmx_file(path, *units, unit("新的。", "new"))
    os.utime(path, ns=(1, 1))
    assert TranslationMemory.open(path, "zh").match("新的。")[0].entry.target == "new"


def test_a_small_memory_leaves_nothing_behind(tmp_path: Path) -> None:
    TranslationMemory.open(tmx_file(tmp_path / "m.tmx", unit("甲乙。", "x")), "zh")
    assert [path.name for path in tmp_path.iterdir()] == ["m.tmx"]


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    units = [unit(f"第{number}号文件。", str(number)) for number in range(5_000)]
    path = tmx_file(tmp_path / "m.tmx", *units)
    # A folder in its place stops the index for every user, root too.
    (tmp_path / "m.tmx.zh.tifa-match" / "x").mkdir(parents=True)
    assert TranslationMemory.open(path, "zh").match("第77号文件。")


def bad_memories(folder: Path) -> dict[str, Path]:
    (folder / "empty").write_bytes(b"")
    (folder / "cut.tmx").write_text('<tmx version="1.4"><header srclang="zh"/><body><tu>', "utf-8")
    (folder / "other.tmx").write_text("<html/>", "utf-8")
    (folder / "half.sqlite").write_bytes(b"SQLite format 3\0" + bytes(200))
    (folder / "folder").mkdir()
    return {
        "missing": folder / "none.tmx",
        "empty file": folder / "empty",
        "cut short": folder / "cut.tmx",
        "not TMX": folder / "other.tmx",
        "broken SQLite": folder / "half.sqlite",
        "folder without termbase": folder / "folder",
        "no units": tmx_file(folder / "none-in.tmx"),
        "other language": tmx_file(
            folder / "en.tmx",
            TranslationUnit((Variant("en", ("a",)), Variant("fr", ("b",)))),
        ),
    }


@pytest.mark.parametrize(
    "kind",
    [
        "missing",
        "empty file",
        "cut short",
        "not TMX",
        "broken SQLite",
        "folder without termbase",
        "no units",
        "other language",
    ],
)
def test_a_memory_that_is_none(tmp_path: Path, kind: str) -> None:
    path = bad_memories(tmp_path)[kind]
    with pytest.raises(TifaError) as caught:
        TranslationMemory.open(path, "zh")
    assert isinstance(caught.value, BadInputError)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_language_of_a_tag() -> None:
    tags = ("zh", "ZH_cn", "zh-Hant", "chi", "cmn", "en-US", "ENG")
    assert [base_language(tag) for tag in tags] == ["zh"] * 5 + ["en"] * 2
