"""Glossaries as other programs write them: MultiTerm, memoQ, UTX, XLIFF, PO, SKOS, services."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.errors import BadInputError
from glossary.model import AdministrativeStatus, Authority, Concept, Glossary
from tmx import aws, deepl, google, memoq, modernmt, multiterm, po, skos, tmx_glossary, utx, xliff2
from tmx.validation import validate


def texts(glossary: Glossary) -> list[list[tuple[str, str]]]:
    return [[(t.language, t.text) for t in c.terms] for c in glossary.concepts]


class TestMultiTerm:
    ENTRY = (
        '<conceptGrp><concept>17</concept><system type="entryClass">2</system>'
        '<transacGrp><transac type="origination">wang</transac>'
        "<date>2014-02-27T09:00:00</date></transacGrp>"
        '<descripGrp><descrip type="Subject">internet</descrip></descripGrp>'
        '<descripGrp><descrip type="Project no. 3">blue</descrip></descripGrp>'
        '<languageGrp><language type="English" lang="EN-US"/>'
        '<descripGrp><descrip type="Usage">formal</descrip></descripGrp>'
        "<termGrp><term>cyber power</term>"
        '<descripGrp><descrip type="Status">Forbidden</descrip></descripGrp>'
        '<descripGrp><descrip type="Context">a cyber power indeed</descrip>'
        '<descripGrp><descrip type="Source">essay</descrip></descripGrp></descripGrp>'
        "</termGrp></languageGrp>"
        '<languageGrp><language type="Chinese" lang="ZH-TW"/>'
        '<termGrp><term>網絡強國</term><descripGrp><descrip type="Status">preferred</descrip>'
        '</descripGrp><descripGrp><descrip type="In force">since May</descrip></descripGrp>'
        "</termGrp></languageGrp></conceptGrp>"
    )

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_fields_tifa_does_not_have_are_kept_in_notes(
        self, tmp_path: Path, encoding: str
    ) -> None:
        path = tmp_path / "g.mtf.xml"
        declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
        path.write_bytes(f"{declaration}<mtf>{self.ENTRY}</mtf>".encode(encoding))
        (concept,) = multiterm.load(path).concepts
        chinese, english = concept.terms
        assert (chinese.language, chinese.text) == ("zh-Hant", "網絡強國")
        assert chinese.status is AdministrativeStatus.PREFERRED
        assert chinese.note == "In force: since May"
        assert (english.status, english.note) == (None, "Status: Forbidden")
        assert concept.subject_field == "internet"
        assert concept.note == "Project no: blue\nUsage (EN-US): formal"
        (context,) = english.attestations
        assert (context.source_id, context.surface) == ("essay", "cyber power")
        assert validate(path).counts == ()

    @pytest.mark.parametrize(
        ("entry", "expected"),
        [
            ("<conceptGrp/>", ["E102"]),
            (
                '<conceptGrp><languageGrp><language type="English" lang="E!"/>'
                "<termGrp><term/></termGrp></languageGrp></conceptGrp>",
                ["E201", "W208"],
            ),
            (
                '<conceptGrp><languageGrp><language type="English" lang="EN"/><termGrp>'
                "<term>a</term><note/></termGrp><termGrp><term>a</term></termGrp></languageGrp>"
                "</conceptGrp>",
                ["E101", "W210"],
            ),
        ],
    )
    def test_findings(self, tmp_path: Path, entry: str, expected: list[str]) -> None:
        path = tmp_path / "g.mtf"
        path.write_text(f"<mtf>{entry}</mtf>", "utf-8")
        assert [finding.code for finding in validate(path).findings] == expected


def test_memoq_with_synonyms_and_examples(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text(
        "Entry_ID;Entry_Subject;Entry_Note;English_United_States_Def;English_United_States;"
        "Term_Info;Term_Example;English_United_States;Term_Info;Term_Example;Chinese_PRC;Term_Info;"
        "Term_Example\n"
        "3;internet;n;def;cyber power;CasePermissive;A Cyber Power grows.;cyberpower;;;网络强国;;"
        "\n",
        "utf-8-sig",
    )
    from tmx.convert import load_glossary

    (concept,) = load_glossary(path).concepts
    assert texts(Glossary((concept,))) == [
        [("zh-Hans", "网络强国"), ("en", "cyber power"), ("en", "cyberpower")]
    ]
    assert (concept.subject_field, concept.note, concept.definition) == ("internet", "n", "def")
    (example,) = concept.terms[1].attestations
    assert example.surface == "Cyber Power"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(BadInputError, match="no heading of a language"):
        memoq.load(path)


def test_utx_of_an_older_version(tmp_path: Path) -> None:
    path = tmp_path / "g.utx"
    path.write_bytes(
        "#UTX 1.11; zh-TW/en; 2013-12-20T17:00:45; copyright: X; bidirectional\r\n"
        "#description: probe\r\n#src\ttgt\tsrc:pos\ttgt:comment\tConcept ID\tterm status\r\n"
        "網絡強國\tcyber power\tnoun\tc\tC2\tforbidden\r\n"
        "網絡\tnetwork\t-\t-\tC3\t\r\n".encode("utf-8-sig")
    )
    first, second = utx.load(path).concepts
    assert (first.id, first.terms[0].language) == ("C2", "zh-Hant")
    assert first.terms[1].status is AdministrativeStatus.SUPERSEDED
    assert (first.terms[0].part_of_speech, first.terms[1].note) == ("noun", "c")
    assert (second.terms[0].part_of_speech, second.terms[1].note) == ("", "")


def test_xliff_with_the_module_inside_other_content(tmp_path: Path) -> None:
    path = tmp_path / "g.xlf"
    path.write_text(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh" '
        'trgLang="en" xmlns:g="urn:oasis:names:tc:xliff:glossary:2.0"><file id="f"><group id="x">'
        '<unit id="u"><g:glossary><g:glossEntry ref="#m1"><g:term source="s">党</g:term>'
        "<g:translation>Party</g:translation><g:translation>CPC</g:translation>"
        "</g:glossEntry></g:glossary><segment><source>党</source></segment></unit></group>"
        '<unit id="v"><segment><source>无</source></segment></unit></file></xliff>',
        "utf-8",
    )
    assert texts(xliff2.load(path)) == [[("zh-Hans", "党"), ("en", "Party"), ("en", "CPC")]]
    assert (validate(path).items, validate(path).counts) == (1, ())
    path.write_text('<xliff version="1.2"/>', "utf-8")
    with pytest.raises(BadInputError, match="is not XLIFF 2"):
        xliff2.load(path)
    assert [f.code for f in validate(path).findings] == ["W301"]


def test_po_of_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "g.po"
    path.write_text(
        '# head\nmsgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n\n# note one\n#. auto\n#: a.c:1\n'
        'msgctxt "menu"\nmsgid ""\n"cyber "\n"power"\nmsgstr "网络\\"强国\\""\n\n'
        '#, fuzzy\nmsgid "b"\nmsgstr "乙"\n\nmsgid "c"\nmsgid_plural "cs"\nmsgstr[0] "丙"\n\n'
        '#~ msgid "old"\n#~ msgstr "旧"\n',
        "utf-8",
    )
    assert texts(po.load(path)) == [
        [("en", "cyber power"), ("zh-Hans", '网络"强国"')],
        [("en", "c"), ("zh-Hans", "丙")],
    ]
    assert po.load(path).concepts[0].terms[1].note == "note one"


@pytest.mark.parametrize(
    "graph",
    [
        '{"@context": {}, "@graph": [NODE]}',
        "[NODE]",
        "NODE",
    ],
)
def test_skos_of_other_programs(tmp_path: Path, graph: str) -> None:
    core = "http://www.w3.org/2004/02/skos/core#"
    node = (
        f'{{"@id": "http://example.org/1", "@type": ["{core}Concept"], "skos:prefLabel": '
        '[{"@value": "党", "@language": "zh"}, {"@value": "Party", "@language": "en"}], '
        f'"{core}altLabel": {{"en": ["CPC"]}}, "definition": [{{"@value": "d"}}], '
        '"related": [{"@id": "http://example.org/2"}]}'
    )
    path = tmp_path / "g.jsonld"
    path.write_text(graph.replace("NODE", node), "utf-8")
    (concept,) = skos.load(path).concepts
    assert texts(Glossary((concept,))) == [[("zh-Hans", "党"), ("en", "Party"), ("en", "CPC")]]
    assert (concept.id, concept.definition) == ("http://example.org/1", "d")
    assert concept.cross_references == ("http://example.org/2",)


class TestServices:
    def test_google_with_its_other_columns(self, tmp_path: Path) -> None:
        path = tmp_path / "g.google.csv"
        path.write_text('en,zh-CN,zh-TW,pos,description\n"a, b",甲,,noun,d\nc,,乙,,\n', "utf-8")
        assert texts(google.load(path)) == [
            [("zh-Hans", "甲"), ("en", "a, b")],
            [("zh-Hant", "乙"), ("en", "c")],
        ]

    def test_directions_and_codes_come_from_the_header(self, tmp_path: Path) -> None:
        path = tmp_path / "g.csv"
        path.write_text("en,zh-TW\nParty,黨\n", "utf-8")
        for module in (aws, modernmt):
            assert texts(module.load(path)) == [[("en", "Party"), ("zh-Hant", "黨")]]
        path.write_text("Party,黨!\n", "utf-8")
        with pytest.raises(BadInputError, match="two language codes"):
            aws.load(path)

    def test_deepl_without_a_header(self, tmp_path: Path) -> None:
        path = tmp_path / "g.tsv"
        path.write_text("Party\t党\n\nCPC\t中共\n", "utf-8")
        assert texts(deepl.load(path)) == [
            [("en", "Party"), ("zh-Hans", "党")],
            [("en", "CPC"), ("zh-Hans", "中共")],
        ]
        path.write_text("Party\n", "utf-8")
        with pytest.raises(BadInputError, match=r"g\.tsv:1: the line has no two columns"):
            deepl.load(path)

    def test_limits_of_deepl_are_kept(self, tmp_path: Path) -> None:
        from glossary.model import Term

        long = Concept("c", (Term("甲" * 400, "zh-Hans"), Term("a", "en")))
        other = Concept("d", (Term("乙", "zh-Hans"), Term("b", "en", authority=Authority.OFFICIAL)))
        report = deepl.dump(Glossary((long, other)), tmp_path / "g.tsv")
        assert report.units == 1
        assert [loss.what for loss in report.losses] == ["terms of more than 1024 bytes, left out"]

    def test_tmx_of_terms_in_three_languages(self, tmp_path: Path) -> None:
        path = tmp_path / "g.glossary.tmx"
        unit = "".join(
            f'<tuv xml:lang="{code}"><seg>{text}</seg></tuv>'
            for code, text in (("fr", "Parti"), ("zh-CN", "党"), ("en", "Party"))
        )
        path.write_text(
            f'<tmx version="1.4"><header srclang="zh-CN"/><body><tu>{unit}</tu></body></tmx>',
            "utf-8",
        )
        assert texts(tmx_glossary.load(path)) == [
            [("zh-Hans", "党"), ("fr", "Parti"), ("en", "Party")]
        ]
