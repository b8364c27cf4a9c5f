"""The line-based glossaries: tifa's table and OmegaT's."""

from __future__ import annotations

from pathlib import Path

import pytest
from glossary_strategies import glossaries
from hypothesis import HealthCheck, given, settings

from glossary.errors import BadInputError
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    Glossary,
    Source,
    Term,
)
from tmx import omegat, tsv
from tmx.interface import LossLog
from tmx.languages import guess_language
from tmx.renderings import renderings, single_line

PREFERRED = AdministrativeStatus.PREFERRED


def attested(text: str, bead: str, source: str = "s1") -> Attestation:
    return Attestation(source, 0, (0, len(text)), text, f"{text} there", bead)


RIVER = Concept(
    "c1",
    (
        Term("九龙治水", "zh-Hans", status=PREFERRED, attestations=(attested("九龙治水", "x#1"),)),
        Term("九龍治水", "zh-Hant", attestations=(attested("九龍治水", "x#2"),)),
        Term(
            "fragmented management",
            "en",
            status=PREFERRED,
            authority=Authority.OFFICIAL,
            attestations=(attested("a", "x#9", "s2"), attested("b", "x#2"), attested("c", "x#2")),
        ),
        Term("#nine dragons", "en", status=AdministrativeStatus.ADMITTED, valid_from="2014"),
        Term("Kowloon water control", "en", authority=Authority.MACHINE),
        Term("too many cooks", "en", status=AdministrativeStatus.DEPRECATED),
    ),
)
GLOSSARY = Glossary((RIVER,), (Source("s1", date="2023-05-05"), Source("s2", date="2014")), "Probe")


class TestPairing:
    def test_a_rendering_goes_with_the_term_it_shares_most_beads_with(self) -> None:
        pairs = [(r.source.text, r.target and r.target.text) for r in renderings(RIVER)]
        assert pairs[0] == ("九龍治水", "fragmented management")
        assert pairs[1] == ("九龙治水", "#nine dragons")
        assert len(pairs) == 4

    def test_evidence_is_taken_from_the_same_bead(self) -> None:
        first = next(renderings(RIVER))
        assert [item and item.context for item in first.evidence] == ["九龍治水 there", "b there"]

    def test_a_source_term_in_no_pair_stands_alone(self) -> None:
        concept = Concept("c", (Term("甲", "zh-Hans"), Term("乙", "zh-Hans"), Term("a", "en")))
        assert [(r.source.text, r.target and r.target.text) for r in renderings(concept)] == [
            ("甲", "a"),
            ("乙", None),
        ]

    def test_without_chinese_the_first_term_is_the_source(self) -> None:
        concept = Concept("c", (Term("a", "en"), Term("b", "en")))
        assert [(r.source.text, r.target and r.target.text) for r in renderings(concept)] == [
            ("a", "b")
        ]


class TestTsv:
    def test_columns_and_cells(self, tmp_path: Path) -> None:
        path = tmp_path / "g.tsv"
        assert tsv.dump(GLOSSARY, path).units == 4
        lines = path.read_text("utf-8").splitlines()
        row = dict(zip(lines[0].split("\t"), lines[1].split("\t"), strict=True))
        assert row == {
            "zh": "",
            "zh-Hant": "九龍治水",
            "en": "fragmented management",
            "status": "preferred",
            "authority": "official",
            "valid_from": "",
            "valid_to": "",
            "sources": "s2 s1",
            "dates": "2014 2023-05-05",
            "count": "3",
            "kind": "term",
            "score": "",
            "zh_context": "",
            "zh-Hant_context": "九龍治水 there",
            "en_context": "b there",
            "concept": "c1",
            "subject_field": "",
            "definition": "",
            "concept_note": "",
            "review": "unreviewed",
            "part_of_speech": "",
            "term_type": "fullForm",
            "note": "",
        }

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "does not name the columns of two"),
            (b"a\tb\n", r"g\.tsv:1: the first row does not name"),
            ("zh\ten\tstatus\n甲\ta\tgood\n".encode(), r"g\.tsv:2: .*'good' is not a valid"),
            ("zh\ten\n甲\ta\n".encode("gbk"), "is not UTF-8"),
        ],
    )
    def test_bad_tables_are_one_line(self, tmp_path: Path, data: bytes, message: str) -> None:
        path = tmp_path / "g.tsv"
        path.write_bytes(data)
        with pytest.raises(BadInputError, match=message):
            tsv.load(path)


class TestOmegat:
    def lines(self, glossary: Glossary, tmp_path: Path) -> list[str]:
        path = tmp_path / "g.utf8.txt"
        omegat.dump(glossary, path)
        return path.read_bytes().decode("utf-8").split("\n")

    def test_first_line_and_valid_renderings_only(self, tmp_path: Path) -> None:
        assert self.lines(GLOSSARY, tmp_path) == [
            "# -*- coding: utf-8 -*-",
            "九龍治水\tfragmented management\tpreferred; official; 2014/2023-05-05",
            "九龙治水\t#nine dragons\tadmitted; unofficial; in force 2014/..",
            "",
        ]

    def test_a_source_that_looks_like_a_comment_is_not_lost(self, tmp_path: Path) -> None:
        concept = Concept("c", (Term("# 号", "zh-Hans"), Term("number", "en")))
        assert self.lines(Glossary((concept,)), tmp_path)[1].startswith(" # 号\tnumber\t")
        read = omegat.load(tmp_path / "g.utf8.txt").concepts[0]
        assert [t.text for t in read.terms] == ["# 号", "number"]

    def test_tabs_and_line_breaks_become_spaces(self, tmp_path: Path) -> None:
        concept = Concept("c", (Term("甲\t乙", "zh-Hans"), Term("a\r\nb\x00", "en", note="n\tm")))
        assert self.lines(Glossary((concept,)), tmp_path)[1] == "甲 乙\ta b\tunofficial; n m"
        report = omegat.dump(Glossary((concept,)), tmp_path / "g.txt")
        assert [loss.what for loss in report.losses] == [
            "tabs and line breaks, replaced by spaces",
            "control characters, removed",
        ]

    def test_what_is_left_out_is_counted(self, tmp_path: Path) -> None:
        report = omegat.dump(GLOSSARY, tmp_path / "g.txt")
        assert report.units == 2
        assert {loss.what for loss in report.losses} == {
            "machine-only terms, left out of this client format",
            "deprecated terms, left out of this client format",
        }
        assert [(loss.what, loss.count) for loss in report.not_carried] == [
            ("title", 1),
            ("sources", 2),
            ("administrative status", 4),
            ("authority", 2),
            ("dates of validity", 1),
            ("contexts with source", 5),
        ]

    @given(glossaries())
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_every_line_has_three_cells(self, tmp_path: Path, glossary: Glossary) -> None:
        first, *lines, last = self.lines(glossary, tmp_path)
        assert (first, last) == ("# -*- coding: utf-8 -*-", "")
        for line in lines:
            assert line.count("\t") == 2
            assert not line.startswith("#")
            assert all(line.split("\t")[:2])


def test_single_line_says_what_it_changed() -> None:
    log = LossLog()
    assert single_line("a  b", log) == "a b"
    assert log.report(0).losses == ()
    assert single_line("a\u2028b\x00", log) == "a b"
    assert [loss.what for loss in log.report(0).losses] == ["control characters, removed"]


@pytest.mark.parametrize(
    ("text", "language"), [("a", "en"), ("党", "zh-Hans"), ("𠮷", "zh-Hans"), ("。", "en")]
)
def test_guess_language(text: str, language: str) -> None:
    assert guess_language(text) == language
