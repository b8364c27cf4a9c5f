"""Decision tables are read and checked: each rule has a case that breaks it and it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.errors import BadInputError
from glossary.model import AdministrativeStatus, Authority
from glossary.termbase.decision_checks import CODES, check_decisions
from glossary.termbase.decisions import (
    COLUMNS,
    SOURCE_COLUMNS,
    SUBJECTS,
    glossary_of,
    read_decisions,
)

_SOURCES = [
    "report-2020\tA report\tA press\t2020-05-01\ten\tofficial\treport\t",
    "blog-2021\tA blog\tSomebody\t2021\ten\tunofficial\tblog\t",
]
_GOOD = [
    "新词\tnew word\tpreferred\tofficial\treport-2020\t2019\t\tterm\tlaw\ta gloss\t旧词\t",
    "新词\tnovel word\tsuperseded\tofficial\tjudgement\t2010-05\t2019\t\t\t\t\t",
    "新词\tword of newness\tdeprecated\tmachine\tjudgement\t\t\t\t\t\t\tmachine blunder",
    "旧词\told word\tpreferred\tsemi-official\tjudgement\t\t\tphrase\tlaw",
]


def _folder(tmp_path: Path, rows: list[str], sources: list[str] = _SOURCES) -> Path:
    (tmp_path / "decisions").mkdir(exist_ok=True)
    table = "\n".join(["\t".join(COLUMNS), *rows]) + "\n"
    (tmp_path / "decisions" / "a.tsv").write_text(table, encoding="utf-8")
    table = "\n".join(["\t".join(SOURCE_COLUMNS), *sources]) + "\n"
    (tmp_path / "sources.tsv").write_text(table, encoding="utf-8")
    return tmp_path


def _codes(tmp_path: Path, rows: list[str], sources: list[str] = _SOURCES) -> list[str]:
    return [f.code for f in check_decisions(read_decisions(_folder(tmp_path, rows, sources)))]


def test_good_decisions_have_no_findings(tmp_path: Path) -> None:
    assert _codes(tmp_path, _GOOD) == []


# Row to change, what is replaced by what, the code that follows.
_BREACHES = [
    (3, "old word", "", "D101"),
    (3, "preferred\tsemi", "best\tsemi", "D102"),
    (3, "semi-official", "half-official", "D102"),
    (3, "phrase", "idiom", "D102"),
    (0, "\tlaw", "\tlegal matters", "D102"),
    (0, "2019", "2019-13", "D103"),
    (1, "2010-05", "2020", "D103"),
    (3, "旧词", "旧詞", "D104"),
    (3, "旧词", "“旧词”", "D104"),
    (3, "old word", "old  word", "D105"),
    (3, "old word", " old word", "D105"),
    (1, "novel word", "New word", "D202"),
    (3, "phrase", "", "D203"),
    (1, "2019\t", "2019\tterm", "D203"),
    (0, "旧词", "无词", "D204"),
    (0, "旧词", "新词", "D204"),
    (3, "judgement", "nowhere-2001", "D301"),
    (3, "judgement", "judgement report-2020", "D302"),
    (3, "judgement", "blog-2021", "D303"),
    (0, "2019", "2022", "D304"),
    (3, "preferred", "admitted", "D401"),
    (1, "superseded", "preferred", "D401"),
    (2, "deprecated", "admitted", "D402"),
    (1, "\t2019", "\t", "D403"),
    (0, "2019", "", "D403"),
    (1, "\t2019", "\t2021", "D404"),
    (2, "machine blunder", "", "D405"),
]


@pytest.mark.parametrize(("row", "old", "new", "code"), _BREACHES)
def test_each_breach_has_its_code(row: int, old: str, new: str, code: str, tmp_path: Path) -> None:
    rows = list(_GOOD)
    assert old in rows[row]
    rows[row] = rows[row].replace(old, new, 1)
    found = _codes(tmp_path, rows)
    assert code in found
    # A renamed concept is also no longer found by the one that refers to it.
    assert set(found) <= {code, "D204", "D401"}


def test_a_concept_is_there_once(tmp_path: Path) -> None:
    again = "新词\tnew term\tpreferred\tofficial\tjudgement\t\t\tterm\tlaw"
    assert _codes(tmp_path, [*_GOOD, again]) == ["D201"]


def test_sources_are_checked_too(tmp_path: Path) -> None:
    assert _codes(tmp_path, _GOOD, [*_SOURCES, _SOURCES[0]]) == ["D301"]
    assert _codes(tmp_path, _GOOD, [*_SOURCES, "x\tX\tX\t2020\ten\tgood\tbook\t"]) == ["D102"]
    assert _codes(tmp_path, _GOOD, [*_SOURCES, "x\t\tX\tlong ago\ten\tofficial\tbook"]) == [
        "D101",
        "D103",
    ]


def test_every_code_is_tried() -> None:
    assert {code for *_, code in _BREACHES} | {"D201"} == set(CODES)


def test_findings_name_file_and_line(tmp_path: Path) -> None:
    rows = [*_GOOD, "坏词\t\tpreferred\tofficial\tjudgement\t\t\tterm\tlaw"]
    (finding,) = check_decisions(read_decisions(_folder(tmp_path, rows)))
    assert str(finding) == "a.tsv:6: D101 en is empty"


@pytest.mark.parametrize("spoil", ["header", "cells", "bytes"])
def test_tables_that_are_none_are_refused(spoil: str, tmp_path: Path) -> None:
    folder = _folder(tmp_path, [*_GOOD, "\t" * 20 if spoil == "cells" else ""])
    table = folder / "decisions" / "a.tsv"
    if spoil == "cells":
        table.write_text(table.read_text(encoding="utf-8") + "a" + "\t" * 20 + "\n")
    elif spoil == "header":
        table.write_text("zh\ten\n", encoding="utf-8")
    else:
        table.write_bytes(b"\xff\xfe")
    with pytest.raises(BadInputError, match=r"a\.tsv"):
        read_decisions(folder)


def test_concepts_keep_provenance_validity_and_notes(tmp_path: Path) -> None:
    glossary = glossary_of(read_decisions(_folder(tmp_path, _GOOD)), "title")
    new, old = glossary.concepts
    assert [source.id for source in glossary.sources] == ["judgement", "report-2020"]
    assert new.head == "新词"
    assert new.cross_references == (old.id,)
    preferred, superseded, deprecated = new.renderings()
    assert (preferred.status, superseded.status, deprecated.status) == (
        AdministrativeStatus.PREFERRED,
        AdministrativeStatus.SUPERSEDED,
        AdministrativeStatus.DEPRECATED,
    )
    assert [found.source_id for found in preferred.attestations] == ["report-2020"]
    assert preferred.attestations[0].is_citation
    assert (superseded.valid_from, superseded.valid_to) == ("2010-05", "2019")
    assert deprecated.authority is Authority.MACHINE
    assert deprecated.note == "machine blunder"


def test_subjects_are_named_once() -> None:
    assert len(set(SUBJECTS)) == len(SUBJECTS)
