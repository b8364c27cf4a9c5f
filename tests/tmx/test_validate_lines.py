"""Findings in glossaries that are no XML, with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

import tmx
from glossary.errors import BadInputError
from glossary.model import Concept, Glossary, Term
from tmx.interface import ValueKind
from tmx.validate_lines import CHECKED_LINES
from tmx.validation import validate

HEAD = '{"schema":"tifa.exchange/1","kind":"glossary"}'
MEMOQ_HEAD = "Entry_ID,Chinese_PRC,Term_Info,English_United_States,Term_Info\n"
PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
UTX_HEAD = "#UTX 1.20; zh-CN/en-US\n#src\ttgt\tsrc:pos\tterm status\n"


def codes(path: Path, data: str | bytes) -> list[tuple[str, int]]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return [(finding.code, finding.line) for finding in validate(path).findings]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("g.deepl.tsv", "甲\ta\n乙\tb\n", []),
        ("g.deepl.tsv", "甲\ta\n甲\tb\n", [("W211", 2)]),
        ("g.deepl.tsv", "甲\ta\n甲\ta\n", [("W210", 2)]),
        ("g.deepl.tsv", "甲\t\n", [("W208", 1)]),
        ("g.deepl.tsv", "甲\ta\tc\nx\n", [("E108", 1), ("E108", 2)]),
        ("g.deepl.tsv", "甲\ta \n", [("W207", 1)]),
        ("g.deepl.tsv", "a\ta\n", [("W209", 1)]),
        ("g.deepl.tsv", "甲\ta\ufffdb\n", [("W004", 1)]),
        ("g.deepl.tsv", f"甲\t{'a' * 1025}\n", [("W213", 1)]),
        ("g.deepl.tsv", "\ufeff甲\ta\n", [("W005", 1)]),
        ("g.aws.csv", "zh,en\n甲,a\n", []),
        ("g.aws.csv", "zh!,en\n甲,a\n", [("E201", 1)]),
        ("g.google.csv", "zh-CN,en,fr-CA\n甲,a,\n乙,b\n", [("E108", 3)]),
        ("g.utf8.txt", "# comment\n甲\ta\tnote\nno tab\n", [("E108", 3)]),
        ("g.wordfast.txt", "甲\ta\n甲\tb\n", []),
        ("g.csv", "zh,en\n甲,=1+1\n", [("W214", 2)]),
        ("g.csv", "zh,en\n甲,'=1+1\n", []),
        ("g.csv", "zh,en,status\n甲,a,good\n", [("E105", 2)]),
        ("g.csv", "zh,en,valid_from\n甲,a,5 May\n", [("E206", 2)]),
        ("g.csv", "zh,en,authority\n甲,a,god\n乙,b\n", [("E105", 2), ("E108", 3)]),
        ("g.csv", "zh,en\n甲,\n", [("W208", 2)]),
        ("g.csv", "zh,en,concept\n甲,,c1\n", []),
        ("g.utx", UTX_HEAD + "甲\ta\tnoun\tapproved\n", []),
        ("g.utx", UTX_HEAD + "甲\ta\tnoun\tgood\n", [("E105", 3)]),
        ("g.utx", "#src\ttgt\n甲\ta\n", [("E109", 1)]),
        ("g.po", PO_HEAD + 'msgid "甲"\nmsgstr "a"\n', []),
        ("g.po", PO_HEAD + 'msgid "甲"\nmsgstr ""\n', [("W208", 4)]),
        ("g.po", PO_HEAD + 'msgid "甲"\nmsgstr "a"\nmsgid "甲"\nmsgstr "b"\n', [("W210", 6)]),
        ("g.po", 'msgid "甲"\nmsgstr "a"\n', [("E109", 1)]),
        ("g.memoq.csv", MEMOQ_HEAD + "0,甲,,a,\n", []),
        ("g.memoq.csv", MEMOQ_HEAD + "0,甲,,,\n1,甲,,a\n", [("W208", 2), ("E108", 3)]),
        ("g.memoq.csv", "a,b\n", [("E109", 1)]),
        (
            "g.jsonld",
            '{"@type":"Concept","prefLabel":{"zh":"a","en":"a"}}',
            [("W209", 0)],
        ),
        (
            "g.jsonl",
            HEAD + '\n{"concept":{"id":"c","terms":[{"text":"a","language":"en"},'
            '{"text":"a","language":"en"}]}}',
            [("W209", 2)],
        ),
    ],
)
def test_findings(tmp_path: Path, name: str, data: str, expected: list[tuple[str, int]]) -> None:
    assert codes(tmp_path / name, data) == expected


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("g.csv", 'zh,en\n甲,"a\n'),
        ("g.csv", b"\xff\xfe\xff"),
        ("g.tsv", "no header\n"),
        ("g.utx", "甲\ta\n"),
        ("g.po", 'msgid "甲\n'),
        ("g.po", 'msgid "甲"\n'),
        ("g.jsonl", HEAD + "\n{"),
        ("g.jsonld", "{"),
        ("g.xlsx", "no workbook"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, name: str, data: str | bytes) -> None:
    with pytest.raises(BadInputError) as caught:
        codes(tmp_path / name, data)
    assert "\n" not in str(caught.value)
    assert caught.value.cure


@pytest.mark.parametrize("name", [i.name for i in tmx.codecs() if i.kind is ValueKind.GLOSSARY])
def test_what_tifa_writes_has_no_errors(tmp_path: Path, name: str) -> None:
    concepts = (
        Concept("c1", (Term("甲", "zh-Hans"), Term("a", "en"), Term("=b", "en"))),
        Concept("c2", (Term("乙", "zh-Hans"), Term("c", "en"))),
    )
    codec = tmx.codec(name)
    path = tmp_path / f"g{codec.CODEC.extensions[0]}"
    codec.dump(Glossary(concepts), path)
    result = validate(path)
    assert [f for f in result.findings if f.is_error or f.code == "W214"] == []
    if name in CHECKED_LINES or name.startswith("tbx"):
        assert result.items >= 2


def test_the_beginning_tells_the_format(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_text(UTX_HEAD + "甲\ta\t-\t\n", "utf-8")
    assert validate(path).format == "UTX 1.20"
    path.write_text("Entry_ID,Chinese_PRC,Term_Info,Term_Example\n0,甲,,\n", "utf-8")
    assert validate(path).format == "memoQ term base (CSV)"
