"""The verbs ``match`` and ``pretranslate`` as people call them, and a program that reads them."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree as lxml_etree
from xliff_schemas import xliff2_schema

from glossary.cli.main import main
from glossary.model import (
    AdministrativeStatus,
    Concept,
    Memory,
    Term,
    TranslationUnit,
    Variant,
)
from glossary.termbase import Termbase
from tmx import tmx14

# lxml's stubs give unions that every line here would have to narrow.
etree: Any = lxml_etree
PAIRS = (
    ("我们要加快建设网络强国。", "We will build a strong cyber country faster."),
    ("会议一致通过了25项决定。", "The meeting unanimously adopted 25 decisions."),
)
SENTENCES = (PAIRS[0][0], "会议一致通过了36项决定。", "今天天气很好，适合出游。")
XLIFF = """<?xml version="1.0" encoding="utf-8"?>
<!-- kept --><xliff version="{version}" {head}>
{units}
</xliff>
"""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="{W}"><w:body>
<w:p><w:r><w:t>我们要加快</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>建设网络强国</w:t></w:r>
<w:r><w:t>。</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{SENTENCES[1]}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>{SENTENCES[2]}</w:t></w:r></w:p>
</w:body></w:document>"""
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a memory and a termbase."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TIFA_TERMBASE", raising=False)
    units = tuple(
        TranslationUnit((Variant("zh-CN", (zh,)), Variant("en-US", (en,)))) for zh, en in PAIRS
    )
    tmx14.dump(Memory(units, "zh-CN"), tmp_path / "m.tmx")
    rendering = Term("strong cyber country", "en", status=AdministrativeStatus.PREFERRED)
    with Termbase.create(tmp_path / "t.sqlite") as base:
        base.add_concepts([Concept("c1", (Term("网络强国", "zh-Hans"), rendering))])


def xliff(version: str) -> str:
    if version == "1.2":
        units = "".join(
            f'<trans-unit id="{n}"><source>{text}</source></trans-unit>'
            for n, text in enumerate(SENTENCES)
        )
        head = 'xmlns="urn:oasis:names:tc:xliff:document:1.2"'
        body = (
            '<file original="a.txt" datatype="plaintext" source-language="zh-CN" '
            f'target-language="en-US"><body>{units}</body></file>'
        )
        return XLIFF.format(version=version, head=head, units=body)
    units = "".join(
        f'<unit id="u{n}"><segment><source>{text}</source></segment></unit>'
        for n, text in enumerate(SENTENCES)
    )
    head = 'xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-CN" trgLang="en-US"'
    return XLIFF.format(version=version, head=head, units=f'<file id="f">{units}</file>')


def targets(path: str) -> list[str]:
    """Return the texts of the units' own targets, an empty one where there is none."""
    tree = etree.parse(path)
    units = tree.xpath("//*[local-name()='trans-unit' or local-name()='segment']")
    return ["".join(unit.xpath("./*[local-name()='target']//text()")) for unit in units]


def is_subsequence(small: str, large: str) -> bool:
    rest = iter(large)
    return all(character in rest for character in small)


@pytest.mark.parametrize("version", ["1.2", "2.0", "2.1"])
def test_pretranslate_fills_xliff_and_keeps_the_rest(
    version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in.xlf").write_text(xliff(version), "utf-8")
    call = ["pretranslate", "in.xlf", "-o", "out.xlf", "-m", "m.tmx", "-t", "t.sqlite"]
    assert main(call) == 0
    assert capsys.readouterr().out == (
        "out.xlf: 3 segments to translate: 1 filled with exact matches, 1 with candidates, "
        "1 with terms\n"
    )
    assert targets("out.xlf") == [PAIRS[0][1], "", ""]
    text = Path("out.xlf").read_text("utf-8")
    assert is_subsequence(Path("in.xlf").read_text("utf-8"), text)
    assert "strong cyber country" in text
    assert "adopted 25 decisions" in text
    # It asks before it writes over a file, and gives the same bytes again.
    assert main(call) == 3
    assert "exists already" in capsys.readouterr().err
    before = Path("out.xlf").read_bytes()
    assert main([*call, "--force"]) == 0
    assert Path("out.xlf").read_bytes() == before


@pytest.mark.shared
@pytest.mark.parametrize("source", ["in.xlf", "text.txt"])
def test_what_is_written_is_valid_xliff_2(source: str, tmp_path: Path) -> None:
    Path("in.xlf").write_text(xliff("2.0"), "utf-8")
    Path("text.txt").write_text("".join(SENTENCES), "utf-8")
    assert main(["pretranslate", source, "-o", "out.xlf", "-m", "m.tmx", "--xliff", "2.0"]) == 0
    schema = xliff2_schema(tmp_path)
    assert schema.validate(etree.parse("out.xlf")), schema.error_log
    broken = Path("out.xlf").read_text("utf-8").replace("<segment", "<segmint")
    Path("out.xlf").write_text(broken.replace("</segment", "</segmint"), "utf-8")
    assert not schema.validate(etree.parse("out.xlf"))


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_a_word_document_becomes_a_filled_xliff(version: str) -> None:
    pytest.importorskip("docx")
    with zipfile.ZipFile("in.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", WORD)
    call = ["pretranslate", "in.docx", "-o", "out.xlf", "-m", "m.tmx", "--xliff", version]
    assert main(call) == 0
    tree = etree.parse("out.xlf")
    assert tree.getroot().get("version") == version
    path = "//*[local-name()='trans-unit' or local-name()='segment']/*[local-name()='source']"
    assert ["".join(source.itertext()) for source in tree.xpath(path)] == list(SENTENCES)
    assert targets("out.xlf") == [PAIRS[0][1], "", ""]


def test_match_says_what_the_memory_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", SENTENCES[1], "-m", "m.tmx", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (match,) = answer["segments"][0]["matches"]
    assert match["target"] == PAIRS[1][1]
    assert 70 <= match["percent"] < 100
    # A repair is shown beside the match, never in its place.
    assert match["proposal"]["target"] == "The meeting unanimously adopted 36 decisions."


def test_match_reads_a_file_and_finds_context(capsys: pytest.CaptureFixture[str]) -> None:
    Path("text.txt").write_text("\n".join(SENTENCES), "utf-8")
    assert main(["match", "--file", "text.txt", "--presegmented", "-m", "m.tmx"]) == 0
    shown = capsys.readouterr().out
    assert PAIRS[0][1] in shown
    assert "no match" in shown
    assert main(["match", "今天天气很好。", "-m", "m.tmx"]) == 1


@pytest.mark.clients
def test_omegat_opens_a_filled_file(tmp_path: Path) -> None:
    """The targets that were filled in are translations in the file that OmegaT writes."""
    omegat = shutil.which("omegat")
    if omegat is None:
        pytest.skip("omegat is not installed")
    project = tmp_path / "project"
    for name in ("source", "target", "tm", "glossary", "omegat", "dictionary"):
        (project / name).mkdir(parents=True)
    Path("in.xlf").write_text(xliff("1.2"), "utf-8")
    main(["pretranslate", "in.xlf", "-o", str(project / "source" / "a.xlf"), "-m", "m.tmx"])
    (project / "omegat.project").write_text(
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><omegat><project version="1.0">'
        + "".join(
            f"<{kind}_dir>__DEFAULT__</{kind}_dir>"
            for kind in ("source", "target", "tm", "glossary", "dictionary")
        )
        + "<glossary_file>__DEFAULT__</glossary_file><source_lang>ZH-CN</source_lang>"
        "<target_lang>EN-US</target_lang><sentence_seg>false</sentence_seg>"
        "<remove_tags>false</remove_tags></project></omegat>",
        "utf-8",
    )
    subprocess.run(
        [
            omegat,
            str(project),
            "--mode=console-translate",
            f"--config-dir={tmp_path / 'config'}",
            "--disable-project-locking",
        ],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert PAIRS[0][1] in targets(str(project / "target" / "a.xlf"))
