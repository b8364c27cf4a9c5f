"""``tifa check`` on texts, TMX and XLIFF."""

import json
from pathlib import Path

import pytest

from glossary.cli.main import main
from glossary.model import AdministrativeStatus, Authority, Concept, Term
from glossary.termbase import Termbase

XLIFF = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="zh-CN" target-language="en-US" datatype="plaintext"><body>
<trans-unit id="u1"><source>建成<g id="1">网络强国</g>。</source>
<target>A network power &amp; more.</target></trans-unit>
<trans-unit id="u2"><source>网络强国。</source></trans-unit>
</body></file></xliff>
"""
XLIFF2 = """<?xml version="1.0"?>
<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-CN" trgLang="en-US">
<file id="f"><unit id="u7"><segment><source>网络强国。</source><target>Great.</target></segment>
</unit></file></xliff>
"""
TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence"
o-tmf="t" adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>
<tu tuid="a"><tuv xml:lang="en-US"><seg>network power</seg></tuv>
<tuv xml:lang="zh-CN"><seg>网络强国</seg></tuv></tu></body></tmx>
"""


@pytest.fixture
def termbase(tmp_path: Path) -> str:
    terms = (
        Term("网络强国", "zh-Hans"),
        Term("strong cyber country", "en", status=AdministrativeStatus.PREFERRED),
        Term("network power", "en", authority=Authority.MACHINE),
    )
    with Termbase.create(tmp_path / "known.sqlite") as base:
        base.add_concepts([Concept("c1", terms)])
    return str(tmp_path / "known.sqlite")


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.xlf", XLIFF, [("T104", "a.xlf unit u1"), ("T106", "a.xlf unit u2")]),
        ("b.xliff", XLIFF2, [("T101", "b.xliff unit u7")]),
        ("c.tmx", TMX, [("T104", "c.tmx unit a")]),
    ],
)
def test_files_with_both_sides(
    name: str,
    content: str,
    found: list[tuple[str, str]],
    tmp_path: Path,
    termbase: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = written(tmp_path / name, content)
    assert main(["check", path, "-t", termbase, "--format", "json"]) == 1
    plain = json.loads(capsys.readouterr().out)
    assert plain["schema"] == "tifa.check/1"
    assert [(finding["code"], finding["place"]) for finding in plain["findings"]] == found


def test_two_texts_are_aligned(
    tmp_path: Path, termbase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path / "a.zh.txt", "我们要建成网络强国。\n天气很好。\n")
    good = written(
        tmp_path / "a.en.txt", "We will build a strong cyber country.\nThe weather is fine.\n"
    )
    assert main(["check", source, good, "-t", termbase]) == 0
    assert "2 segments, 1 known terms: no findings" in capsys.readouterr().out


def test_sarif_names_its_rules(
    tmp_path: Path, termbase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "a.xlf", XLIFF)
    assert main(["check", path, "-t", termbase, "--format", "sarif"]) == 1
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["results"][0]["level"] == "warning"


def test_the_page_marks_both_sides(tmp_path: Path, termbase: str) -> None:
    path, out = written(tmp_path / "a.xlf", XLIFF), tmp_path / "check.html"
    assert main(["check", path, "-t", termbase, "--format", "html", "-o", str(out)]) == 1
    html = out.read_text("utf-8")
    assert "<mark>网络强国</mark>" in html
    assert "<mark>network power</mark> &amp; more" in html


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["none.tmx"], 3),
        (["none.txt"], 2),
        (["none.zh.txt", "none.en.txt"], 3),
        (["a", "b", "c"], 2),
        (["a.tmx", "--format", "html"], 2),
    ],
)
def test_bad_input_is_one_line(
    arguments: list[str], code: int, termbase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *arguments, "-t", termbase]) == code
    assert capsys.readouterr().err.strip().count("\n") == 0
