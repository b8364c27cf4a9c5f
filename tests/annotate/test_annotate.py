"""A text with its terms marked."""

import json
from pathlib import Path

import pytest

from glossary.annotate import annotate
from glossary.annotate.display import to_inline, to_margin
from glossary.cli.main import main
from glossary.lookup.known_terms import KnownTerms
from glossary.model import AdministrativeStatus, Authority, Concept, Term
from glossary.termbase import Termbase
from glossary.texts import parse_request, read_document

TEXT = "要解决“三农”问题，建设网络强国。\n\n新时代要弘扬“钉钉子精神”，建设網絡強國。\n"
CONCEPTS = (
    Concept(
        "c1",
        (
            Term("网络强国", "zh-Hans"),
            Term("strong cyber country", "en", status=AdministrativeStatus.PREFERRED),
            Term("network power", "en", authority=Authority.MACHINE),
        ),
    ),
    Concept(
        "c2",
        (
            Term("三农问题", "zh-Hans"),
            Term(
                "issues of agriculture, rural areas and farmers",
                "en",
                status=AdministrativeStatus.PREFERRED,
            ),
        ),
    ),
)


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    text = tmp_path / "speech.zh.txt"
    text.write_text(TEXT, encoding="utf-8")
    with Termbase.create(tmp_path / "known.sqlite") as base:
        base.add_concepts(CONCEPTS)
    return text, tmp_path / "known.sqlite"


def test_known_and_unknown_terms(paths: tuple[Path, Path]) -> None:
    document = read_document(parse_request(str(paths[0])))
    with Termbase.open(paths[1]) as base:
        annotation = annotate(document, KnownTerms(base, "zh-Hans", "en"))
    known = [mark.text for mark in annotation.marks if mark.concept]
    assert known == ["“三农”问题", "网络强国", "網絡強國"]
    assert "钉钉子精神" in annotation.unknown()
    for mark in annotation.marks:
        segment = document.segments[mark.segment]
        assert segment.text[mark.start : mark.end] == mark.text
    inline = to_inline(annotation)
    assert "网络强国【strong cyber country】" in inline
    assert "钉钉子精神【？】" in inline
    assert "网络强国  strong cyber country  not: network power" in to_margin(annotation)


def test_the_marks_removed_give_the_text_back(paths: tuple[Path, Path]) -> None:
    import re

    document = read_document(parse_request(str(paths[0])))
    with Termbase.open(paths[1]) as base:
        annotation = annotate(document, KnownTerms(base, "zh-Hans", "en"))
    assert re.sub("【.*?】", "", to_inline(annotation)) == TEXT.strip()


def test_the_command_writes_page_json_and_terms(
    paths: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, base = map(str, paths)
    page, terms = tmp_path / "a.html", tmp_path / "terms.utf8.txt"
    command = ["annotate", text, "-t", base]
    assert main([*command, "--format", "html", "-o", str(page), "--terms", str(terms)]) == 0
    assert '<mark class="known"' in page.read_text("utf-8")
    assert "网络强国\tstrong cyber country" in terms.read_text("utf-8")
    capsys.readouterr()
    assert main([*command, "--format", "json", "--no-unknown"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["schema"] == "tifa.annotate/1"
    assert plain["unknown"] == []


def test_a_text_without_terms_says_so(
    paths: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "weather.zh.txt"
    empty.write_text("今天下雨。\n", encoding="utf-8")
    assert main(["annotate", str(empty), "-t", str(paths[1]), "--no-unknown"]) == 1
    assert "0 known terms" in capsys.readouterr().err


def test_a_page_needs_a_file(paths: tuple[Path, Path]) -> None:
    assert main(["annotate", str(paths[0]), "--format", "html"]) == 2
