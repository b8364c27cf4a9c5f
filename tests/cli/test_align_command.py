"""``tifa align``: formats, line numbers, unrelated texts, bad input."""

import json
from pathlib import Path

import pytest

from glossary.align.ladder import parse_ladder
from glossary.cli.main import main

CHINESE = (
    "加快建设网络强国。\n\n安全是发展的前提，发展是安全的保障。\n去年全国新建了36个数据中心。\n"
)
ENGLISH = (
    "Build a strong cyber country faster.\n"
    "Security is the precondition of development.\nDevelopment safeguards security.\n"
    "Last year 36 new data centres were built across the country.\n"
)
SPEECH = """互联网是二十世纪最伟大的发明之一。
我们要把核心技术掌握在自己手中。
农村的网络覆盖还不够。
去年全国新建了36个数据中心。
安全是发展的前提，发展是安全的保障。
各国应当携手构建网络空间命运共同体。
法律面前人人平等，任何组织都没有特权。
教育公平是社会公平的基础。
"""
RECIPE = """Cut the cold butter into the flour until it looks like breadcrumbs.
Add two eggs and a pinch of salt, then knead the dough for five minutes.
Leave it to rest under a damp cloth while the oven heats.
Roll it thin, line the tin and prick the bottom with a fork.
Bake it for twenty minutes until the edges are golden.
Let the tart cool on a rack before you fill it with cream.
Wash the strawberries and cut the large ones in half.
Dust with sugar and serve at once.
"""


@pytest.fixture
def texts(tmp_path: Path) -> list[str]:
    paths = [tmp_path / "a", tmp_path / "b"]
    paths[0].write_text(CHINESE, encoding="utf-8")
    paths[1].write_text(ENGLISH, encoding="utf-8")
    return [str(path) for path in paths]


def test_a_ladder_counts_lines_and_is_all_of_stdout(
    texts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["align", *texts, "--presegmented", "--format", "ladder"]) == 0
    beads = parse_ladder(capsys.readouterr().out)
    assert beads == [((0,), (0,)), ((2,), (1, 2)), ((3,), (3,))]


def test_columns_follow_the_arguments(texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["align", *texts[::-1], "--presegmented", "--format", "ladder"]) == 0
    assert ((1, 2), (2,)) in parse_ladder(capsys.readouterr().out)


def test_a_table_holds_every_sentence(texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["align", *texts, "--mode", "words"]) == 0
    captured = capsys.readouterr()
    header, *rows = (line.split("\t") for line in captured.out.splitlines())
    assert header == ["bead", "decision", "score", "kind", "a", "b", "tifa.bitext/1"]
    english = " ".join(row[5].replace(" ⏎", "") for row in rows if row[5])
    assert english == " ".join(ENGLISH.split("\n")).strip()
    assert "align:dictionary" in captured.err


def test_json_lines_and_tmx_are_written_to_files(texts: list[str], tmp_path: Path) -> None:
    assert main(["align", *texts, "-o", str(tmp_path / "out.jsonl")]) == 0
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["texts"]["a"] == ["加快建设网络强国。"]
    assert main(["align", *texts, "-o", str(tmp_path / "out.tmx")]) == 0
    assert "Build a strong cyber country" in (tmp_path / "out.tmx").read_text(encoding="utf-8")


def test_unrelated_texts_are_said_to_be(
    texts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "recipe"
    recipe.write_text(RECIPE, encoding="utf-8")
    speech = tmp_path / "speech"
    speech.write_text(SPEECH, encoding="utf-8")
    assert main(["align", str(speech), str(recipe)]) == 1
    assert "does not look like a rendition" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code"),
    [(["--format", "tmx"], 2), (["-o", "out.odd"], 2), (["--format", "nonsense"], 2)],
)
def test_formats_that_cannot_be_written_are_refused(
    texts: list[str], options: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["align", *texts, *options]) == code
    assert "Traceback" not in capsys.readouterr().err


def test_a_ladder_of_three_texts_is_refused(
    texts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    third = tmp_path / "c"
    third.write_text(ENGLISH, encoding="utf-8")
    assert main(["align", *texts, str(third), "--format", "ladder"]) == 2
    assert "two texts" in capsys.readouterr().err


def test_one_text_alone_is_refused(texts: list[str]) -> None:
    assert main(["align", texts[0]]) == 3
