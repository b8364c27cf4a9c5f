"""Plots: what they show, that they are whole SVG, and that the same plot gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest
from lxml import etree

from glossary.cli.main import main
from glossary.publish.plots.bars import columns, rows
from glossary.publish.plots.drawing import WIDTH, stacked, svg_document

SVG = {"s": "http://www.w3.org/2000/svg"}


@pytest.fixture(autouse=True)
def _core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TIFA_TERMBASE", raising=False)


def found(svg: str, path: str) -> list[str]:
    """Return the texts and attributes at an XPath of a file."""
    tree = etree.parse(svg)
    return [str(item) for item in cast("list[object]", tree.xpath(path, namespaces=SVG))]


def test_a_history_has_a_row_for_each_dated_rendering() -> None:
    assert main(["history", "人类命运共同体", "--plot", "h.svg"]) == 0
    shown = found("h.svg", "//s:text/text()")
    assert shown[0] == "人类命运共同体"
    assert "community with a shared future for mankind" in shown
    assert "global community of shared future" in shown
    assert "community of human destiny" not in shown  # machines' words have no date
    assert found("h.svg", "/s:svg/@role") == ["img"]
    (description,) = found("h.svg", "/s:svg/s:desc/text()")
    assert "human community with a shared future: 2022–2023" in description


def test_a_day_changes_the_colours() -> None:
    def kinds(*options: str) -> set[str]:
        main(["history", "人类命运共同体", "--plot", "h.svg", *options])
        bars = found("h.svg", "//s:rect[@class]/@class")
        return {bar.removeprefix("bar ") for bar in bars}

    assert kinds() == {"preferred", "superseded"}
    assert kinds("--as-of", "2018") == {"preferred", "superseded", "unrated"}


def test_one_date_is_no_plot(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "九龙治水", "--plot", "h.svg"]) == 0
    assert "fewer than two dates" in capsys.readouterr().err
    assert not Path("h.svg").exists()


@pytest.mark.parametrize("verb", [["history", "人类命运共同体"], ["stats"]])
def test_png_is_a_picture_and_always_the_same(verb: list[str]) -> None:
    for name in ("a.png", "b.png"):
        assert main([*verb, "--plot", name]) == 0
    data = Path("a.png").read_bytes()
    assert data.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(data[16:20], "big") > WIDTH
    assert data == Path("b.png").read_bytes()


def test_another_ending_is_refused_before_any_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--plot", "stats.gif"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "tifa: stats.gif is no name of a plot (name it FILE.svg or FILE.png)\n"


def test_names_and_numbers_stand_in_the_bars() -> None:
    drawing = stacked([rows([("law & order", 1200), ("none", 0)]), columns([("1999", 3)])])
    document = svg_document(drawing, title="<t>", description="")
    Path("d.svg").write_text(document, "utf-8")
    assert found("d.svg", "//s:text/text()") == [
        "law & order",
        "1,200",
        "none",
        "0",
        "1999",
        "3",
    ]
    widths = [float(width) for width in found("d.svg", "//s:rect[@class='plain']/@width")]
    assert widths[0] > 100 > widths[1] == 0.0


def test_stats_tell_what_a_text_has(capsys: pytest.CaptureFixture[str]) -> None:
    Path("text.txt").write_text("这就是新质生产力。\n", "utf-8")
    assert main(["stats", "--text", "text.txt", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "tifa.stats/1"
    assert document["counts"]["concepts"] == sum(document["kinds"].values())
    assert sum(document["statuses"].values()) == document["languages"]["en"]
    assert document["rendered"] <= document["counts"]["concepts"]
    assert "新质生产力" in document["text"]["known"]
    assert main(["stats", "--text", "text.txt"]) == 0
    assert "formulations known" in capsys.readouterr().out


def test_stats_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    def superseded(*options: str) -> int:
        main(["stats", "--format", "json", *options])
        return int(json.loads(capsys.readouterr().out)["statuses"].get("superseded", 0))

    assert superseded("--as-of", "2010") < superseded()
