"""The concordance finds every place, in both languages, with what renders it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from glossary.cli.concord import concord
from glossary.cli.main import main
from glossary.errors import BadInputError, UsageError
from glossary.lookup.concordance import Order, concordance
from glossary.lookup.concordance_display import to_kwic, to_sentences
from glossary.model import (
    Attestation,
    Bead,
    Bitext,
    Concept,
    Document,
    Memory,
    Segment,
    Source,
    Term,
    TranslationUnit,
    Variant,
)
from glossary.termbase import Termbase
from tmx import tmx14


def document(source: Source, *sentences: str) -> Document:
    segments, start = [], 0
    for index, sentence in enumerate(sentences):
        segments.append(Segment(source.id, index, sentence, (start, start + len(sentence)), 0))
        start += len(sentence)
    return Document(source, "".join(sentences), tuple(segments))


BITEXT = Bitext(
    "zh+en",
    (
        document(
            Source("zh", language="zh-Hans", date="2023-05"),
            "要建设网络强国。",
            "网络强国需要人才，网络强国需要技术。",
        ),
        document(
            Source("en", language="en", date="2023-06"),
            "We will build a strong cyber country.",
            "Strong cyber-countries need talent.",
            "They need technology.",
        ),
    ),
    (Bead(((0,), (0,)), 0.9), Bead(((1,), (1, 2)), 0.8)),
    "test",
)
OLD = Attestation("old", 7, (0, 4), "網絡強國", "網絡強國之路。")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Termbase]:
    with Termbase.create(tmp_path_factory.mktemp("concord") / "tifa.sqlite") as termbase:
        termbase.add_bitext(BITEXT)
        termbase.add_sources([Source("old", language="zh-Hant", date="2014")])
        termbase.add_concepts(
            [Concept("c", (Term("網絡強國", "zh-Hant", attestations=(OLD,)), Term("men", "en")))]
        )
        yield termbase


def places(base: Termbase, query: str, **options: object) -> list[tuple[str, int, int]]:
    lines = concordance(base, query, **options)  # type: ignore[arg-type]
    return [(line.source.id, line.segment, line.span[0]) for line in lines]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("网络强国", [("zh", 0, 3), ("zh", 1, 0), ("zh", 1, 9), ("old", 7, 0)]),
        ("網絡強國", [("zh", 0, 3), ("zh", 1, 0), ("zh", 1, 9), ("old", 7, 0)]),
        ("strong cyber country", [("en", 0, 16), ("en", 1, 0)]),
        ("the Strong Cyber Country", [("en", 0, 16), ("en", 1, 0)]),
        ("country", [("en", 0, 29), ("en", 1, 13)]),
        ("count", []),
        ("/need.? t/", [("en", 1, 23), ("en", 2, 5)]),
        ("/x*/", []),
        (" ", []),
        ("%", []),
    ],
)
def test_every_place_is_found(query: str, found: list[object], base: Termbase) -> None:
    assert places(base, query) == found


def test_order_and_filters(base: Termbase) -> None:
    assert [p[0] for p in places(base, "网络强国", order=Order.DATE)] == ["old", "zh", "zh", "zh"]
    assert [p[1:] for p in places(base, "网络强国", order=Order.RIGHT)] == [
        (0, 3),
        (7, 0),
        (1, 0),
        (1, 9),
    ]
    assert [p[0] for p in places(base, "网络强国", order=Order.SOURCE)] == ["old", "zh", "zh", "zh"]
    assert places(base, "网络强国", order=Order.LEFT)[-1] == ("zh", 0, 3)
    assert places(base, "网络强国", source="old") == [("old", 7, 0)]
    assert places(base, "需要", language="en") == []
    assert len(places(base, "网络强国", language="zh")) == 4
    assert len(places(base, "网络强国", limit=2)) == 2


def test_counterparts_are_the_whole_bead(base: Termbase) -> None:
    line = concordance(base, "人才")[0]
    assert line.counterparts == (
        ("en", "Strong cyber-countries need talent. They need technology."),
    )
    assert concordance(base, "technology")[0].counterparts == (
        ("zh", "网络强国需要人才，网络强国需要技术。"),
    )
    assert concordance(base, "之路")[0].counterparts == ()


def test_bad_expression_is_a_usage_error(base: Termbase) -> None:
    with pytest.raises(UsageError, match="not a regular expression"):
        concordance(base, "/(/")


def test_keywords_stand_one_below_the_other(base: Termbase) -> None:
    lines = concordance(base, "网络强国")
    assert to_kwic(lines, width=6).splitlines() == [
        "要建设网络强国。      [zh:1, 2023-05]",
        "      网络强国需要人  [zh:2, 2023-05]",
        "人才，网络强国需要技  [zh:2, 2023-05]",
        "      網絡強國之路。  [old:8, 2014]",
    ]
    assert to_kwic(lines[:1], width=3).startswith(" 设网络强国。 ")


def test_sentences_stand_over_their_renderings(base: Termbase) -> None:
    assert to_sentences(concordance(base, "建设")) == (
        "要建设网络强国。  [zh:1, 2023-05]\n  We will build a strong cyber country.  [en]"
    )


def test_the_command(base: Termbase) -> None:
    app = typer.Typer()
    app.command()(concord)
    common = ["--termbase", str(base.path)]
    kwic = CliRunner().invoke(app, ["strong", "cyber", "country", *common])
    assert (kwic.exit_code, len(kwic.stdout.splitlines())) == (0, 2)
    sentences = CliRunner().invoke(app, ["人才", "--format", "sentence", *common])
    assert "They need technology." in sentences.stdout
    answer = json.loads(CliRunner().invoke(app, ["人才", "--format", "json", *common]).stdout)
    assert answer["schema"] == "tifa.concord/1"
    assert answer["lines"][0]["counterparts"][0]["source_id"] == "en"
    nothing = CliRunner().invoke(app, ["无", *common])
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert Path(base.path).exists()


def test_memories_are_searched_too(base: Termbase, tmp_path: Path) -> None:
    memory = tmp_path / "m.tmx"
    variants = Variant("zh-CN", ("网络强国建设",)), Variant("en-US", ("building cyber countries",))
    tmx14.dump(Memory((TranslationUnit(variants),), "zh-CN"), memory)
    found = concordance(base, "网络强国", memories=[memory])
    assert [line.source.id for line in found].count("zh") == 3
    assert found[-1].source.id == "m.tmx"
    assert found[-1].counterparts == (("m.tmx", "building cyber countries"),)
    (alone,) = concordance(None, "cyber country", memories=[memory])
    assert (alone.segment, alone.found, alone.source.language) == (0, "cyber countries", "en")
    with pytest.raises(BadInputError, match="no such memory"):
        concordance(None, "x", memories=[tmp_path / "none.tmx"])


def test_a_memory_needs_no_termbase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TIFA_TERMBASE", raising=False)
    variants = Variant("zh-CN", ("网络强国建设",)), Variant("en-US", ("cyber countries",))
    tmx14.dump(Memory((TranslationUnit(variants),), "zh-CN"), tmp_path / "m.tmx")
    assert main(["concord", "强国", "-m", "m.tmx", "--format", "sentence"]) == 0
    assert capsys.readouterr().out == "网络强国建设  [m.tmx:1]\n  cyber countries  [m.tmx]\n"
    assert main(["concord", "强国"]) == 2
