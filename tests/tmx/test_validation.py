"""Findings: what is wrong with a file is named with its code and line; sound files have none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from corpora import shared_dir
from exchange_strategies import memory as memories
from glossary_strategies import glossaries
from hypothesis import HealthCheck, given, settings
from lxml import etree

from glossary.errors import TifaError
from glossary.model import Glossary, Memory
from tmx import tbx2, tbx3, tmx14
from tmx.findings import CODES, FindingLog
from tmx.validation import validate

HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" '
    'adminlang="en" srclang="zh-CN" datatype="plaintext"/>'
)
STRUCTURE = frozenset({"E101", "E102", "E103", "E104", "E105", "E106"})
quiet = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def tuv(language: str, text: str, attributes: str = "") -> str:
    return f'<tuv xml:lang="{language}"{attributes}><seg>{text}</seg></tuv>'


def tmx(*units: str, header: str = HEADER, version: str = "1.4") -> str:
    body = "\n".join(units)
    return f'<tmx version="{version}">{header}<body>\n{body}\n</body></tmx>'


PAIR = tuv("zh-CN", "甲") + tuv("en-US", "a")


def codes(path: Path, text: str | bytes) -> list[tuple[str, int]]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(finding.code, finding.line) for finding in validate(path).findings]


class TestMemories:
    @pytest.mark.parametrize(
        ("unit", "expected"),
        [
            (f"<tu>{PAIR}</tu>", []),
            ("<tu/>", [("E102", 2)]),
            (f"<tu>{PAIR}<note>n</note></tu>", [("E101", 2)]),
            (f"<tu colour='red'>{PAIR}</tu>", [("E103", 2)]),
            (f"<tu><prop>p</prop>{PAIR}</tu>", [("E104", 2)]),
            (f"<tu segtype='word'>{PAIR}</tu>", [("E105", 2)]),
            (f"<tu>x{PAIR}</tu>", [("E106", 2)]),
            (f"<tu>{tuv('zh_CN', '甲')}{tuv('en-US', 'a')}</tu>", [("E201", 2)]),
            (f"<tu>{tuv('de', 'a')}{tuv('en-US', 'b')}</tu>", [("W203", 2)]),
            (f"<tu>{PAIR}{tuv('en-US', 'b')}</tu>", [("W204", 2)]),
            (f"<tu>{tuv('en-US', 'a')}{tuv('zh-CN', '甲')}</tu>", [("W205", 2)]),
            (f"<tu creationdate='2023-05-05'>{PAIR}</tu>", [("E206", 2)]),
            (f"<tu>{tuv('zh-CN', '甲 ')}{tuv('en-US', 'a')}</tu>", [("W207", 2)]),
            (f"<tu>{tuv('zh-CN', '甲')}{tuv('en-US', '')}</tu>", [("W208", 2)]),
            (f"<tu>{tuv('zh-CN', 'a')}{tuv('en-US', 'a')}</tu>", [("W209", 2)]),
            (f"<tu>{PAIR}</tu>\n<tu>{PAIR}</tu>", [("W210", 3)]),
            (
                f"<tu>{PAIR}</tu>\n<tu>{tuv('zh-CN', '甲')}{tuv('en-US', 'b')}</tu>",
                [("W211", 3)],
            ),
            (f"<tu><prop type='file'>p</prop>{PAIR}</tu>", [("W212", 2)]),
            (f"<tu>{tuv('zh-CN', '甲' * 2001)}{tuv('en-US', 'a')}</tu>", [("W213", 2)]),
            (f"<tu>{tuv('zh-CN', '甲<t:x/>')}{tuv('en-US', 'a')}</tu>", [("W002", 2), ("E101", 2)]),
            (f"<tu>{tuv('zh-CN', '甲&#x85;&#x91;')}{tuv('en-US', 'a')}</tu>", [("W004", 2)]),
        ],
    )
    def test_unit(self, tmp_path: Path, unit: str, expected: list[tuple[str, int]]) -> None:
        assert codes(tmp_path / "m.tmx", tmx(unit)) == expected

    @pytest.mark.parametrize(
        ("header", "version", "expected"),
        [
            (HEADER.replace(' srclang="zh-CN"', ""), "1.4", ["E104", "W202"]),
            (HEADER.replace("zh-CN", "*all*"), "1.4", ["W202"]),
            (HEADER.replace("zh-CN", "zh_CN"), "1.4", ["E201"]),
            ("", "1.4", ["E102"]),
            (HEADER, "1.1", ["E105"]),
        ],
    )
    def test_header(self, tmp_path: Path, header: str, version: str, expected: list[str]) -> None:
        text = tmx(header=header, version=version)
        assert [code for code, _ in codes(tmp_path / "m.tmx", text)] == expected

    @given(memories)
    @quiet
    def test_what_tifa_writes_breaks_no_rule(self, tmp_path: Path, memory: Memory) -> None:
        path = tmp_path / "m.tmx"
        tmx14.dump(memory, path)
        result = validate(path)
        assert result.items == len(memory.units)
        assert not [finding for finding in result.findings if finding.is_error]


class TestGlossaries:
    def tbx(self, entry: str) -> str:
        header = (
            "<martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>"
        )
        return (
            f'<martif type="TBX-Basic" xml:lang="en">{header}<text><body>\n{entry}\n'
            "</body></text></martif>"
        )

    @pytest.mark.parametrize(
        ("section", "expected"),
        [
            ("<tig><term>a</term></tig>", []),
            ("<tig/>", ["E102", "W208"]),
            ("<term>a</term>", ["E101", "E102"]),
            ("<tig><term>a</term></tig><tig><term>a</term></tig>", ["W210"]),
            ("<tig><term> </term></tig>", ["W208", "W208"]),
            (
                '<tig><term>a</term><termNote type="administrativeStatus">'
                "deprecatedTerm-admn-sts</termNote></tig>",
                ["W302"],
            ),
            ('<tig><term>a</term><ref type="crossReference" target="z">z</ref></tig>', ["E107"]),
            ('<tig id="x"><term>a</term></tig><tig id="x"><term>b</term></tig>', ["E107"]),
            (
                "<tig><term>a</term><transacGrp><transac type='transactionType'>origination"
                "</transac><date>5 May</date></transacGrp></tig>",
                ["E206"],
            ),
        ],
    )
    def test_section(self, tmp_path: Path, section: str, expected: list[str]) -> None:
        entry = f'<termEntry><langSet xml:lang="en">{section}</langSet></termEntry>'
        found = codes(tmp_path / "g.tbx", self.tbx(entry))
        assert [code for code, _ in found] == expected

    @given(glossaries())
    @quiet
    def test_what_tifa_writes_breaks_no_rule(self, tmp_path: Path, glossary: Glossary) -> None:
        path = tmp_path / "g.tbx"
        writers: list[tuple[Any, dict[str, Any]]] = [
            (tbx3, {}),
            (tbx3, {"style": "dca"}),
            (tbx2, {"valid_only": False, "contexts": None}),
        ]
        for module, options in writers:
            module.dump(glossary, path, **options)
            result = validate(path)
            assert result.items == len(glossary.concepts)
            assert not [finding for finding in result.findings if finding.is_error]


class TestOtherFiles:
    def test_xml_of_no_format_is_a_finding(self, tmp_path: Path) -> None:
        assert codes(tmp_path / "x.tbx", "\n<TAGTABLE><tag/></TAGTABLE>") == [("E001", 2)]

    def test_illformed_files_raise_one_line(self, tmp_path: Path) -> None:
        path = tmp_path / "m.tmx"
        for data in (b"", b"<tmx>", b"<tmx></body>", b"\x00\x01", b"<a>" * 200):
            path.write_bytes(data)
            with pytest.raises(TifaError) as caught:
                validate(path)
            assert "\n" not in str(caught.value)

    def test_tables_are_read_by_their_codec(self, tmp_path: Path) -> None:
        path = tmp_path / "g.tsv"
        path.write_text("zh\ten\n甲\ta\n", "utf-8")
        assert validate(path).items == 1

    def test_of_one_code_only_the_first_are_listed(self) -> None:
        log = FindingLog()
        for line in range(100):
            log.add("W208", line, "empty")
        result = log.validation("x", 100)
        assert len(result.findings) == FindingLog.LIMIT
        assert result.counts == (("W208", 100),)

    def test_every_code_is_described(self) -> None:
        assert all(code[0] in "EW" and text for code, text in CODES.items())


@pytest.mark.shared
def test_verdicts_on_structure_agree_with_the_published_schemas() -> None:
    """On every real file of TMX and TBX 3 the rules here say what DTD and RELAX NG say."""
    folder = shared_dir()
    schemas = folder / "schemas"
    with (schemas / "tmx" / "tmx14.dtd").open("rb") as stream:
        dtd = etree.DTD(stream)
    core = etree.RelaxNG(etree.parse(schemas / "tbx-v3/core/TBXcoreStructV03_2023.rng"))
    seen = 0
    for path in sorted((folder / "data" / "tmx-tbx-torture").glob("*.t[mb]x")):
        try:
            result = validate(path)
            tree = etree.parse(path, etree.XMLParser(recover=True, load_dtd=False))
        except (TifaError, etree.XMLSyntaxError):
            continue
        kind = str(tree.getroot().tag).rpartition("}")[2]
        if kind not in {"tmx", "tbx"}:
            continue
        counts = dict(result.counts)
        if "E201" in counts and kind == "tbx":
            continue  # the RELAX NG checks the form of language codes, the rules do so apart
        # RELAX NG checks the dates of TBX, the DTD does not those of TMX.
        found = (STRUCTURE | {"E206"} if kind == "tbx" else STRUCTURE) & set(counts)
        if kind == "tbx" and found == {"E105"}:
            found = frozenset()  # picklists are the dialect's, not the core structure's
        if kind == "tmx":
            assert dtd.validate(tree) == (not found), (path.name, found, dtd.error_log)
        else:
            assert core.validate(tree) == (not found), (path.name, found, core.error_log)
        seen += 1
    assert seen > 80
