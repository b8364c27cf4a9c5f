"""What --fix mends: the findings it may mend are gone, the rest is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_strategies import memory as memories
from glossary_strategies import glossaries
from hypothesis import HealthCheck, given, settings

from glossary.cli.main import main
from glossary.errors import UsageError
from glossary.model import Glossary, Memory
from tmx import jsonl, tbx2, tbx3, tmx14
from tmx.mojibake import mended_text
from tmx.repair import repair
from tmx.validation import validate

quiet = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
#: Findings that a mended memory cannot have.
MENDED = {"E103", "E104", "E201", "W202", "W204", "W205", "E206", "W207", "W208", "W210"}


def tuv(language: str, text: str) -> str:
    return f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>'


PAIR = tuv("zh-CN", "甲") + tuv("en-US", "a")


class TestMemories:
    def mended(self, tmp_path: Path, *units: str, header: str = 'srclang="zh-CN"') -> list[str]:
        """Return what was done; the result must be sound."""
        path, out = tmp_path / "m.tmx", tmp_path / "out.tmx"
        body = "\n".join(units)
        path.write_text(f'<tmx version="1.4"><header {header}/><body>{body}</body></tmx>', "utf-8")
        result = repair(path, out)
        assert MENDED.isdisjoint(dict(validate(out).counts))
        self.memory = tmx14.load(out)
        return [loss.what for loss in result.done if not loss.what.startswith("header attr")]

    def texts(self) -> list[list[str]]:
        return [[v.text for v in unit.variants] for unit in self.memory.units]

    @pytest.mark.parametrize(
        ("unit", "done", "texts"),
        [
            (f"<tu>{PAIR}</tu>", [], [["甲", "a"]]),
            (f"<tu>{PAIR}</tu><tu>{PAIR}</tu>", ["duplicates, left out"], [["甲", "a"]]),
            (
                f"<tu>{tuv('zh_CN', '甲')}{tuv('en-US', 'a')}</tu>",
                ["language codes, normalised"],
                [["甲", "a"]],
            ),
            (
                f"<tu>{tuv('en-US', 'a')}{tuv('zh-CN', '甲')}</tu>",
                ["source languages, put first"],
                [["甲", "a"]],
            ),
            (
                f"<tu>{PAIR}{tuv('en-US', 'b')}</tu>",
                ["units with two variants of a language, split"],
                [["甲", "a"], ["甲", "b"]],
            ),
            (
                f"<tu>{tuv('zh-CN', ' 甲 ')}{tuv('en-US', 'a')}</tu>",
                ["white space at an end of a segment, removed"],
                [["甲", "a"]],
            ),
            (
                f"<tu>{tuv('zh-CN', '甲')}{tuv('en-US', ' ')}</tu>",
                ["empty segments, left out", "units without a pair, left out"],
                [],
            ),
            (
                f"<tu>{tuv('zh-CN', '甲')}{tuv('en-US', 'it&#x92;s&#x81;')}</tu>",
                ["control characters, mended or removed"],
                [["甲", "it’s"]],
            ),
            (
                f'<tu creationdate="2023-05-05">{PAIR}</tu>',
                ["dates, written as TMX wants them"],
                [["甲", "a"]],
            ),
            (
                f'<tu><prop type="file">f</prop>{PAIR}</tu>',
                ["property names, put after x-"],
                [["甲", "a"]],
            ),
            (
                f"<tu>{PAIR}</tu><tu><tuv></tu>",
                ["damaged units, lost"],
                [["甲", "a"]],
            ),
        ],
    )
    def test_unit(self, tmp_path: Path, unit: str, done: list[str], texts: list[list[str]]) -> None:
        assert self.mended(tmp_path, unit) == done
        assert self.texts() == texts

    def test_header(self, tmp_path: Path) -> None:
        done = self.mended(tmp_path, f"<tu>{PAIR}</tu>", header='srclang="*all*"')
        assert done == ["source language of the header, set"]
        assert self.memory.source_language == "zh-CN"
        assert dict(self.memory.attributes)["adminlang"] == "en"

    @given(memories)
    @quiet
    def test_a_mended_file_needs_no_second_mending(self, tmp_path: Path, memory: Memory) -> None:
        path, once, twice = (tmp_path / name for name in ("m.tmx", "once.tmx", "twice.tmx"))
        tmx14.dump(memory, path)
        repair(path, once)
        assert repair(once, twice).done == ()
        assert once.read_bytes() == twice.read_bytes()


class TestGlossaries:
    @given(glossaries())
    @quiet
    def test_a_mended_file_needs_no_second_mending(
        self, tmp_path: Path, glossary: Glossary
    ) -> None:
        for name, module in (("g.jsonl", jsonl), ("g.tbx", tbx2), ("h.tbx", tbx3)):
            path, once, twice = tmp_path / name, tmp_path / f"1{name}", tmp_path / f"2{name}"
            module.dump(glossary, path)
            repair(path, once)
            counts = dict(validate(once).counts)
            assert not {"W208", "W210", "E201"} & set(counts)
            repair(once, twice)
            assert once.read_bytes() == twice.read_bytes()

    def test_tbx_keeps_version_dialect_and_style(self, tmp_path: Path) -> None:
        path, out = tmp_path / "g.tbx", tmp_path / "out.tbx"
        entry = (
            '<conceptEntry id="c"><langSec xml:lang="zh_CN"><termSec><term> 甲 </term></termSec>'
            "<termSec><term>甲</term></termSec></langSec></conceptEntry>"
        )
        path.write_text(
            '<tbx type="TBX-Min" style="dca" xml:lang="en" '
            'xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>'
            f"{entry}<conceptEntry><oops></conceptEntry></body></text></tbx>",
            "utf-8",
        )
        done = {loss.what for loss in repair(path, out).done}
        assert done == {
            "damaged units, lost",
            "white space at an end of a term, removed",
            "language codes, normalised",
            "terms that stand twice in their entry, left out",
        }
        text = out.read_text("utf-8")
        assert 'type="TBX-Min" style="dca"' in text
        assert '<langSec xml:lang="zh-CN">' in text


class TestLines:
    @pytest.mark.parametrize(
        ("name", "data", "expected", "done"),
        [
            (
                "g.deepl.tsv",
                "\ufeff甲\ta \n甲\tb\n甲\ta\n乙\t\n丙\tc\td\nx\n",
                "甲\ta\n丙\tc\n",
                {
                    "white space at an end of a cell, removed",
                    "further targets of a source, left out",
                    "duplicates, left out",
                    "lines without two terms, left out",
                    "cells beyond the second, removed",
                },
            ),
            ("g.aws.csv", "zh,en\n甲,a\n甲,a\n", "zh,en\n甲,a\n", {"duplicates, left out"}),
            (
                "g.tsv",
                "zh\ten\tunknown\n甲\t=1\tkept\n乙\t\tlost\n",
                "zh\ten\tunknown\n甲\t'=1\tkept\n",
                {"formulas, guarded", "lines without two terms, left out"},
            ),
            (
                "g.utf8.txt",
                "# c\n甲\ta\x92b\n",
                "# c\n甲\ta’b\n",
                {"control characters, mended or removed"},
            ),
        ],
    )
    def test_lines(
        self, tmp_path: Path, name: str, data: str, expected: str, done: set[str]
    ) -> None:
        path, out = tmp_path / name, tmp_path / f"out{name[1:]}"
        path.write_text(data, "utf-8")
        result = repair(path, out)
        assert out.read_text("utf-8") == expected
        assert {loss.what for loss in result.done} == done
        assert not validate(out).counts
        assert repair(out, tmp_path / name).done == ()

    def test_formats_that_are_not_mended_say_so(self, tmp_path: Path) -> None:
        path = tmp_path / "g.po"
        path.write_text('msgid ""\nmsgstr ""\n', "utf-8")
        with pytest.raises(UsageError, match="is not mended"):
            repair(path, tmp_path / "out.po")


def test_mended_text() -> None:
    assert mended_text("a\x00\x93b\x94\x81\ufffd\x85\x7f") == "a“b”\ufffd\x85"


def test_fix_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "g.deepl.tsv", tmp_path / "out.deepl.tsv"
    path.write_text("甲\ta \n乙\t乙\n", "utf-8")
    assert main(["validate", str(path), "--fix", str(out)]) == 1
    said = capsys.readouterr()
    assert "white space at an end of a cell, removed: 1, first in line 1" in said.err
    assert f"{out}:2: W209" in said.out
    assert "W207" not in said.out
    assert main(["validate", str(path), "--fix", str(out)]) == 3
    assert main(["validate", str(path), str(path), "--fix", str(out), "--force"]) == 2
