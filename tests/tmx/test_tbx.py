"""TBX: valid by the public schemas, read back equal, and what translate-toolkit sees."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path
from typing import Any

import pytest
from corpora import shared_dir
from glossary_strategies import glossaries, projected, without_spans
from hypothesis import given, settings
from lxml import etree
from tbx_schemas import relax_ng, schematron_findings, tbx_findings
from translate.storage.tbx import tbxfile

from glossary.errors import BadInputError, OutputError, UsageError
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    ConceptKind,
    Glossary,
    ReviewState,
    Source,
    Term,
    TermType,
)
from tmx import tbx2, tbx3
from tmx.interface import Feature
from tmx.validity import is_valid

PREFERRED = AdministrativeStatus.PREFERRED

POWER = Concept(
    "c1",
    (
        Term("网络强国", "zh-Hans", status=PREFERRED, authority=Authority.OFFICIAL),
        Term(
            "strong cyber country",
            "en",
            status=PREFERRED,
            authority=Authority.OFFICIAL,
            part_of_speech="noun",
            valid_from="2014",
            attestations=(
                Attestation(
                    "s & 1", 3, (4, 24), "strong cyber country", "Our strong cyber country.", "b#1"
                ),
                Attestation("s2", 4, (0, 5), "cyber", "cyber < power", "b#2"),
            ),
        ),
        Term("cyber power", "en", status=AdministrativeStatus.ADMITTED, note="press"),
        Term("network powerhouse", "en", status=AdministrativeStatus.DEPRECATED),
        Term("big web nation", "en", authority=Authority.MACHINE),
    ),
    kind=ConceptKind.PHRASE,
    subject_field="informatization",
    definition="A country strong in & by the net.",
    cross_references=("c2",),
)
CHOKE = Concept(
    "c2",
    (
        Term("卡脖子", "zh-Hans"),
        Term("neck-sticking", "en", authority=Authority.MACHINE),
    ),
)
GLOSSARY = Glossary(
    (POWER, CHOKE),
    (Source("s & 1", "Speech", "Press", "en", "2014-02-27", Authority.OFFICIAL), Source("s2")),
    "Probe",
)


def dumped(codec: Any, glossary: Glossary, **options: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "g.tbx")
        codec.dump(glossary, path, **options)
        return path.read_bytes()


def loaded(data: bytes, **options: Any) -> Glossary:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "g.tbx")
        path.write_bytes(data)
        return tbx3.load(path, **options)


def findings(data: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "g.tbx")
        path.write_bytes(data)
        return tbx_findings(path)


class TestRoundTrips:
    @given(glossaries())
    @settings(max_examples=40, deadline=None)
    def test_tbx3_carries_what_it_declares(self, glossary: Glossary) -> None:
        expected = projected(glossary, tbx3.CODEC.carries)
        for style in ("dct", "dca"):
            assert loaded(dumped(tbx3, glossary, style=style)) == expected

    @given(glossaries())
    @settings(max_examples=40, deadline=None)
    def test_tbx2_carries_what_it_declares(self, glossary: Glossary) -> None:
        everything = tbx2.CODEC.carries | {Feature.INVALID_TERMS}
        data = dumped(tbx2, glossary, valid_only=False, contexts=None)
        assert without_spans(loaded(data)) == projected(glossary, everything)

    @pytest.mark.parametrize("dialect", ["TBX-Min", "TBX-Core"])
    @given(glossary=glossaries())
    @settings(max_examples=20, deadline=None)
    def test_smaller_dialects_lose_contexts_only(self, dialect: str, glossary: Glossary) -> None:
        lost = {Feature.CONTEXT, Feature.SPAN}
        for style in ("dct", "dca"):
            data = dumped(tbx3, glossary, dialect=dialect, style=style)
            assert loaded(data) == projected(glossary, tbx3.CODEC.carries - lost)

    def test_lines_of_notes_and_odd_definitions_survive(self) -> None:
        concept = dataclasses.replace(
            POWER,
            definition="first line\nsecond line",
            note="a note\ngrammaticalGender: neuter\norigination (en-US): 2014-02-27 Wang",
        )
        (read, _) = loaded(dumped(tbx3, Glossary((concept, CHOKE)))).concepts
        assert (read.definition, read.note) == (concept.definition, concept.note)


@pytest.mark.shared
class TestSchemas:
    @pytest.mark.parametrize("dialect", list(tbx3.DIALECTS))
    @pytest.mark.parametrize("style", ["dct", "dca"])
    @given(glossary=glossaries())
    @settings(max_examples=10, deadline=None)
    def test_every_dialect_and_style_is_valid(
        self, dialect: str, style: str, glossary: Glossary
    ) -> None:
        shared_dir()
        if (dialect, style) == ("TBX-Core", "dct"):
            # Core has no category modules: its two styles differ in the declaration only, and its
            # Schematron takes dca alone.
            assert b"min:" not in dumped(tbx3, glossary, dialect=dialect)
            return
        assert findings(dumped(tbx3, glossary, dialect=dialect, style=style)) == []

    @given(glossaries())
    @settings(max_examples=20, deadline=None)
    def test_tbx2_is_valid(self, glossary: Glossary) -> None:
        assert findings(dumped(tbx2, glossary, valid_only=False, contexts=None)) == []

    def test_empty_glossary(self) -> None:
        assert findings(dumped(tbx3, Glossary(()))) == []

    def test_the_schemas_refuse_broken_files(self) -> None:
        data = dumped(tbx3, GLOSSARY)
        assert findings(data.replace(b"<termSec>", b"<tig>").replace(b"</termSec>", b"</tig>"))
        assert findings(data.replace(b'target="c2"', b'target="c9"'))
        data = dumped(tbx2, GLOSSARY)
        assert findings(data.replace(b"partOfSpeech", b"wordClass"))

    @pytest.mark.parametrize(
        "name",
        [
            "basic/Example_Astronomy_DCT_VALID.tbx",
            "basic/Example_Astronomy_DCA_VALID.tbx",
            "min/Example_Astronomy_DCT_VALID.tbx",
            "min/Example_Astronomy_DCA_VALID.tbx",
        ],
    )
    def test_the_published_examples_are_read_and_written_again(
        self, name: str, tmp_path: Path
    ) -> None:
        path = shared_dir() / "schemas" / "tbx-v3" / name
        assert tbx_findings(path) == []
        glossary = tbx3.load(path)
        tree = etree.parse(path)
        namespace = "{urn:iso:std:iso:30042:ed-2}"
        assert len(glossary.concepts) == len(tree.findall(f".//{namespace}conceptEntry"))
        texts = sorted("".join(map(str, e.itertext())) for e in tree.iter(f"{namespace}term"))
        assert sorted(t.text for c in glossary.concepts for t in c.terms) == texts
        style, dialect = (tree.getroot().get(k, "") for k in ("style", "type"))
        again = tmp_path / "again.tbx"
        tbx3.dump(glossary, again, style=style, dialect=dialect)
        assert tbx_findings(again) == []
        assert tbx3.load(again) == glossary
        tbx2.dump(glossary, again, valid_only=False, contexts=None)
        assert tbx_findings(again) == []
        assert tbx3.load(again) == glossary


NAMES = {
    "t": "urn:iso:std:iso:30042:ed-2",
    "min": "http://www.tbxinfo.net/ns/min",
    "basic": "http://www.tbxinfo.net/ns/basic",
}


class TestTbx3:
    root = etree.fromstring(dumped(tbx3, GLOSSARY))

    def texts(self, path: str) -> list[str]:
        found: Any = self.root.xpath(path, namespaces=NAMES)
        return [item if isinstance(item, str) else "".join(item.itertext()) for item in found]

    def test_root_and_languages(self) -> None:
        assert (self.root.get("type"), self.root.get("style")) == ("TBX-Basic", "dct")
        assert self.texts("//t:conceptEntry[1]/t:langSec/@xml:lang") == ["zh-CN", "en-US"]

    def test_statuses_and_the_machine_rendering(self) -> None:
        assert self.texts("//t:conceptEntry[1]//min:administrativeStatus") == [
            "preferredTerm-admn-sts",
            "preferredTerm-admn-sts",
            "admittedTerm-admn-sts",
            "deprecatedTerm-admn-sts",
        ]
        (note,) = self.texts("//t:termSec[t:term='big web nation']/t:note")
        assert "machine rendering" in note
        assert not self.texts("//t:termSec[t:term='big web nation']/min:administrativeStatus")

    def test_contexts_have_their_source_and_mark_the_term(self) -> None:
        assert self.texts("//t:descripGrp/basic:source") == ["s & 1", "s2"]
        assert self.texts("//basic:context/t:hi") == ["strong cyber country", "cyber"]

    def test_cross_reference_and_back_matter(self) -> None:
        assert self.texts("//basic:crossReference[@target='c2']") == ["卡脖子"]
        assert self.texts("//t:item[@type='date']") == ["2014-02-27"]
        assert self.texts("//t:item[@type='id']") == ["s & 1", "s2"]

    def test_languages_may_be_changed(self) -> None:
        data = dumped(tbx3, GLOSSARY, languages={"zh-Hans": "zh-Hans", "en": "en-GB"})
        assert b'xml:lang="zh-Hans"' in data
        assert b'xml:lang="en-GB"' in data
        assert loaded(data).concepts[0].terms[1].language == "en"
        assert loaded(data, languages={}).concepts[0].terms[1].language == "en-GB"

    def test_losses_are_reported(self, tmp_path: Path) -> None:
        lone = dataclasses.replace(POWER, cross_references=("c9",))
        report = tbx3.dump(Glossary((lone, Concept("e", ()))), tmp_path / "g.tbx", contexts=1)
        assert report.units == 1
        assert {loss.what: loss.count for loss in report.losses} == {
            "concepts without any term, left out": 1,
            "cross-references to concepts that are not in the file": 1,
            "contexts beyond the first of a term": 1,
            "segment and bead of contexts": 1,
        }

    def test_unknown_dialect_or_style(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="no TBX dialect 'TBX-Max'"):
            tbx3.dump(GLOSSARY, tmp_path / "g", dialect="TBX-Max")
        with pytest.raises(UsageError, match="no TBX style"):
            tbx3.dump(GLOSSARY, tmp_path / "g", style="x")
        with pytest.raises(OutputError):
            tbx3.dump(GLOSSARY, tmp_path / "none" / "g")

    def test_same_bytes(self) -> None:
        assert dumped(tbx3, GLOSSARY) == dumped(tbx3, GLOSSARY)


class TestTbx2:
    def test_translate_toolkit_sees_the_valid_renderings(self) -> None:
        store: Any = tbxfile.parsestring(dumped(tbx2, GLOSSARY))
        (unit,) = store.units
        assert (unit.source, unit.target) == ("网络强国", "strong cyber country")
        assert [t.text for t in unit.get_target_terms()] == ["strong cyber country", "cyber power"]
        assert not unit.isobsolete()

    @given(glossaries())
    @settings(max_examples=40, deadline=None)
    def test_translate_toolkit_reads_the_same_units_and_text(self, glossary: Glossary) -> None:
        store: Any = tbxfile.parsestring(dumped(tbx2, glossary))
        expected = []
        for concept in glossary.concepts:
            chinese = [t for t in concept.chinese() if is_valid(t)]
            english = [t for t in concept.renderings() if is_valid(t)]
            if chinese and english and concept.review is not ReviewState.REJECTED:
                language = chinese[0].language
                expected.append(
                    (
                        [t.text for t in chinese if t.language == language],
                        [t.text for t in english],
                    )
                )
        assert [
            ([t.text for t in u.get_source_terms()], [t.text for t in u.get_target_terms("en-US")])
            for u in store.units
        ] == expected

    def test_what_is_left_out_is_counted(self, tmp_path: Path) -> None:
        report = tbx2.dump(GLOSSARY, tmp_path / "g.tbx")
        assert {loss.what: loss.count for loss in report.losses} == {
            "deprecated terms, left out of this client format": 1,
            "machine-only terms, left out of this client format": 2,
            "concepts without a valid rendering, left out": 1,
            "cross-references to concepts that are not in the file": 1,
            "contexts beyond the first of a term": 1,
            "segment and bead of contexts": 1,
        }

    def test_source_language_stands_first_even_if_the_terms_do_not(self) -> None:
        concept = dataclasses.replace(POWER, terms=POWER.terms[::-1])
        root = etree.fromstring(dumped(tbx2, Glossary((concept,))))
        tags = [e.get("{http://www.w3.org/XML/1998/namespace}lang") for e in root.iter("langSet")]
        assert tags == ["zh-CN", "en-US"]


class TestReading:
    def test_what_tifa_has_no_field_for_is_kept_in_the_note(self) -> None:
        data = """<martif><text><body><termEntry id="x"><descrip type="subjectField">law</descrip>
          <admin type="productSubset">p</admin>
          <transacGrp><transac type="transactionType">origination</transac>
            <transacNote type="responsibility">Wang</transacNote>
            <date>2014-02-27</date></transacGrp>
          <langSet lang="zh-tw"><note>in Taiwan</note><ntig><termGrp><term>法</term>
            <termNote type="termType">acronym</termNote>
            <termNote type="normativeAuthorization">deprecatedTerm</termNote>
            <termNote type="partOfSpeech">noun</termNote></termGrp>
            <descripGrp><descrip type="context">依<hi type="bold">法</hi>行政。</descrip>
              <admin type="source">A law</admin></descrip></descripGrp></ntig></langSet>
          </termEntry></body></text></martif>""".replace("</descrip></descripGrp>", "</descripGrp>")
        glossary = loaded(data.encode())
        (concept,) = glossary.concepts
        assert concept.subject_field == "law"
        assert concept.note.split("\n") == [
            "productSubset: p",
            "origination: 2014-02-27 Wang",
            "note (zh-tw): in Taiwan",
        ]
        (term,) = concept.terms
        assert term.language == "zh-Hant"
        assert (term.term_type, term.note) == (TermType.ABBREVIATION, "termType: acronym")
        assert (term.status, term.part_of_speech) == (AdministrativeStatus.DEPRECATED, "noun")
        (attestation,) = term.attestations
        assert (attestation.context, attestation.span) == ("依法行政。", (1, 2))
        assert glossary.sources == (Source("A law"),)

    def test_pretty_printing_is_not_text(self) -> None:
        data = """<martif><text><body><termEntry><langSet xml:lang="en"><tig>
            <term>
                rule of
                law
            </term></tig></langSet></termEntry></body></text></martif>"""
        assert loaded(data.encode()).concepts[0].terms[0].text == "rule of law"

    def test_entries_with_the_same_id_stay_apart(self) -> None:
        section = '<langSet xml:lang="en"><tig><term>a</term></tig></langSet>'
        entry = f'<termEntry id="x">{section}</termEntry>'
        data = f"<martif><text><body>{entry * 3}</body></text></martif>"
        assert [c.id for c in loaded(data.encode()).concepts] == ["x", "x-2", "x-3"]

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "the file is empty"),
            (b"<TAGTABLE/>", r"g\.tbx:1: is not of the expected format: its root element is <TAGT"),
            (b"<martif>\n<text></martif>", r"g\.tbx:2: is not well-formed XML: mismatched tag"),
            (b"<martif/>", None),
            (b"<tbx>" + b"<a>" * 200, "nested deeper"),
        ],
    )
    def test_bad_files_are_one_line(self, data: bytes, message: str | None) -> None:
        if message is None:
            assert loaded(data) == Glossary(())
            return
        with pytest.raises(BadInputError, match=message) as caught:
            loaded(data)
        assert "\n" not in str(caught.value)


@pytest.mark.shared
def test_the_oracle_of_the_schematron_runner() -> None:
    """The runner finds what the published test file of TBX-Min has wrong."""
    folder = shared_dir() / "schemas" / "tbx-v3"
    tree = etree.parse(folder / "test_files" / "min_bad.tbx")
    assert schematron_findings(folder / "min" / "TBX-Min_DCA.sch", tree)
    assert not relax_ng("tbx-v3/core/TBXcoreStructV03_2023.rng").validate(
        etree.parse(folder / "test_files" / "core_structure_bad.tbx")
    )
