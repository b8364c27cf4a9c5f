"""Tables that others made, and tables that spreadsheets open: headings, formulas, columns."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from glossary.errors import BadInputError, MissingExtraError, UsageError
from glossary.model import AdministrativeStatus, Concept, Glossary, Term
from tmx import csv_table, omegat, po, skos, tsv, utx, xlsx
from tmx.delimited import guarded_cell, plain_cell
from tmx.interface import LossLog
from tmx.table_columns import parse_mapping, resolve_columns

PATH = Path("t.csv")


def pairs(path: Path, **columns: str) -> list[list[tuple[str, str]]]:
    read = csv_table.load(path, columns=columns or None)
    return [[(t.language, t.text) for t in c.terms] for c in read.concepts]


class TestHeadings:
    @pytest.mark.parametrize(
        ("first", "languages"),
        [
            (["zh", "en"], [(0, "zh-Hans"), (1, "en")]),
            (["English", "Chinese (Simplified)"], [(1, "zh-Hans"), (0, "en")]),
            (["编号", "中文", "英文"], [(1, "zh-Hans"), (2, "en")]),
            (["ID", "zh_TW", "EN-gb"], [(1, "zh-Hant"), (2, "en")]),
            (["fr-CA", "en"], [(0, "fr-CA"), (1, "en")]),
            (["en", "en.2"], [(0, "en"), (1, "en")]),
        ],
    )
    def test_languages(self, first: list[str], languages: list[tuple[int, str]]) -> None:
        assert list(resolve_columns(PATH, first, {}).languages) == languages

    def test_fields(self) -> None:
        first = ["zh", "en", "Term Status", "POS", "Domain", "备注", "Concept ID", "zh_context"]
        assert dict(resolve_columns(PATH, first, {}).fields) == {
            2: "status",
            3: "part_of_speech",
            4: "subject_field",
            5: "note",
            6: "concept",
        }

    def test_a_mapping_goes_before_headings(self) -> None:
        columns = resolve_columns(PATH, ["zh", "en", "English"], {"en": "English"})
        assert dict(columns.languages) == {0: "zh-Hans", 2: "en"}

    def test_numbers_name_columns_of_a_table_without_headings(self, tmp_path: Path) -> None:
        path = tmp_path / "t.csv"
        path.write_text("党;the Party\n国家;state\n", "utf-8")
        with pytest.raises(BadInputError, match="columns of two languages"):
            pairs(path)
        assert pairs(path, zh="1", en="2") == [
            [("zh-Hans", "党"), ("en", "the Party")],
            [("zh-Hans", "国家"), ("en", "state")],
        ]

    def test_mapping_on_the_command_line(self) -> None:
        assert parse_mapping(["zh=A,en=B", '"note=C, D"']) == {"zh": "A", "en": "B", "note": "C, D"}
        for bad in ("zh", "=A", "zh=", "colour=A"):
            with pytest.raises(UsageError):
                parse_mapping([bad])


class TestReading:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_delimiters_and_encodings(self, tmp_path: Path, delimiter: str, encoding: str) -> None:
        path = tmp_path / "t.csv"
        lines = (["zh", "en"], ["党", '"the, Party; |"'], ["党", "CPC"])
        path.write_text("\r\n".join(map(delimiter.join, lines)), encoding)
        assert pairs(path) == [[("zh-Hans", "党"), ("en", "the, Party; |"), ("en", "CPC")]]

    def test_rows_of_one_source_or_id_belong_together(self, tmp_path: Path) -> None:
        path = tmp_path / "t.csv"
        path.write_text("id,zh,en\n1,甲,a\n2,乙,b\n1,丙,c\n,丁,d\n,丁,e\n", "utf-8")
        assert [[text for _, text in terms] for terms in pairs(path)] == [
            ["甲", "丙", "a", "c"],
            ["乙", "b"],
            ["丁", "d", "e"],
        ]

    def test_statuses_in_other_words(self, tmp_path: Path) -> None:
        path = tmp_path / "t.tsv"
        words = "approved forbidden preferredTerm-admn-sts 禁用 Obsolete"
        rows = "".join(f"甲\t{number}\t{word}\n" for number, word in enumerate(words.split()))
        path.write_text(f"zh\ten\tstatus\n{rows}", "utf-8")
        status = AdministrativeStatus
        assert [t.status for t in tsv.load(path).concepts[0].renderings()] == [
            status.PREFERRED,
            status.DEPRECATED,
            status.PREFERRED,
            status.DEPRECATED,
            status.SUPERSEDED,
        ]

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ("甲,a,good", r"t\.csv:2: 'good' is not a valid status"),
            ('甲,"a,', r"t\.csv:\d: is not a table"),
        ],
    )
    def test_bad_rows_are_named(self, tmp_path: Path, row: str, message: str) -> None:
        path = tmp_path / "t.csv"
        path.write_text(f"zh,en,status\n{row}\n", "utf-8")
        with pytest.raises(BadInputError, match=message):
            csv_table.load(path)


def test_files_that_are_too_large_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as stream:
        # A hole: no disk is filled.
        stream.truncate((1 << 30) + 1)
    for module in (csv_table, tsv, utx, po, omegat, skos):
        with pytest.raises(BadInputError, match="more than 1024 MiB"):
            module.load(path)


class TestFormulas:
    @pytest.mark.parametrize("text", ["=1+1", "+86", "-ism", "@x", "\tx", "'=x", "''+", "\rx"])
    def test_a_formula_is_guarded_and_comes_back(self, text: str, tmp_path: Path) -> None:
        assert guarded_cell(text) == f"'{text}"
        assert plain_cell(guarded_cell(text)) == text
        path = tmp_path / "t.csv"
        concept = Concept("c", (Term("甲", "zh-Hans"), Term(text, "en")))
        csv_table.dump(Glossary((concept,)), path)
        assert csv_table.load(path).concepts == (concept,)
        cells = path.read_text("utf-8-sig").split("\n")[1].split(",")
        assert cells[1].lstrip('"').startswith("'")

    @pytest.mark.parametrize("text", ["a=b", "'tis", "x", "''", " =1"])
    def test_other_cells_stay_as_they_are(self, text: str) -> None:
        assert guarded_cell(text) == text == plain_cell(text)


class TestRenditionsInOneLanguage:
    GLOSSARY = Glossary(
        (
            Concept("c1", (Term("strong cyber country", "en"), Term("cyber power", "en"))),
            Concept("c2", (Term("Party", "en"), Term("CPC", "en"), Term("CCP", "en"))),
        )
    )

    @pytest.mark.parametrize(
        ("module", "name"), [(tsv, "g.tsv"), (csv_table, "g.csv"), (xlsx, "g.xlsx")]
    )
    def test_headings_name_the_languages_there_are(
        self, module: Any, name: str, tmp_path: Path
    ) -> None:
        path = tmp_path / name
        module.dump(self.GLOSSARY, path)
        assert module.load(path).concepts == self.GLOSSARY.concepts
        if module is tsv:
            head = path.read_text("utf-8").split("\n")[0].split("\t")
            assert head[:3] == ["en", "en.2", "status"]

    def test_a_concept_without_chinese_among_others(self, tmp_path: Path) -> None:
        chinese = Concept("c3", (Term("党", "zh-Hans"), Term("Party", "en")))
        glossary = Glossary((*self.GLOSSARY.concepts, chinese))
        path = tmp_path / "g.tsv"
        tsv.dump(glossary, path)
        assert tsv.load(path).concepts == glossary.concepts


class TestWorkbook:
    GLOSSARY = Glossary(
        (
            Concept(
                "c",
                (
                    Term("党", "zh-Hans"),
                    Term("=cmd|' /C calc'!A0", "en", status=AdministrativeStatus.PREFERRED),
                    Term("old", "en", status=AdministrativeStatus.DEPRECATED),
                ),
            ),
        )
    )

    def test_for_people(self, tmp_path: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        path = tmp_path / "g.xlsx"
        xlsx.dump(self.GLOSSARY, path)
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref == "A1:U3"
        assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width
        cell = sheet["B2"]
        assert (cell.data_type, cell.value) == ("s", "=cmd|' /C calc'!A0")
        fills = [sheet[f"B{row}"].fill.fgColor.rgb for row in (2, 3)]
        assert fills == ["FFD9EAD3", "FFF4CCCC"]
        with zipfile.ZipFile(path) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")

    def test_cells_longer_than_excel_takes_are_cut_and_counted(self, tmp_path: Path) -> None:
        log = LossLog()
        xlsx.write_sheet(tmp_path / "g.xlsx", ("zh", "en"), [["甲", "a" * 40_000]], log)
        assert [loss.count for loss in log.report(1).losses] == [1]
        (_, cells) = list(xlsx.read_sheet(tmp_path / "g.xlsx"))[1]
        assert cells == ["甲", "a" * 32_767]

    def test_numbers_and_dates_are_read_as_text(self, tmp_path: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        import datetime

        book = openpyxl.Workbook()
        for row in (["zh", "en", "valid_from"], ["甲", 5.0, datetime.datetime(2014, 2, 27)]):
            book.active.append(row)
        book.save(tmp_path / "g.xlsx")
        term = xlsx.load(tmp_path / "g.xlsx").concepts[0].terms[1]
        assert (term.text, term.valid_from) == ("5", "2014-02-27")

    def test_what_is_no_workbook_is_one_line(self, tmp_path: Path) -> None:
        path = tmp_path / "g.xlsx"
        for data in (b"", b"zh,en", b"PK\x03\x04broken"):
            path.write_bytes(data)
            with pytest.raises(BadInputError, match="is not an Excel workbook"):
                xlsx.load(path)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x", "y")
        with pytest.raises(BadInputError, match="can be read"):
            xlsx.load(path)

    def test_a_zip_bomb_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "g.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/sharedStrings.xml", b"\0" * (70 << 20))
        with pytest.raises(BadInputError, match="out of proportion"):
            xlsx.load(path)

    def test_without_the_extra(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("xlsxwriter", "openpyxl"):
            monkeypatch.setitem(__import__("sys").modules, name, None)
        with pytest.raises(MissingExtraError, match=r"tifa-glossary\[sheets\]"):
            xlsx.dump(self.GLOSSARY, tmp_path / "g.xlsx")
        with pytest.raises(MissingExtraError):
            list(xlsx.read_sheet(tmp_path / "g.xlsx"))
