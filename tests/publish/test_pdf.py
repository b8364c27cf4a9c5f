"""The printed glossary: its text can be found, its fonts are inside, its bytes are the same."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest
from publish_samples import sample_glossary

from glossary.errors import BadInputError, MissingExtraError, OutputError, UsageError
from glossary.model import Authority, Concept, Glossary, Term
from glossary.publish.book import book_of
from glossary.publish.pdf import PAPERS, write_pdf

pytest.importorskip("typst")
pdfium = pytest.importorskip("pypdfium2")


def _text(path: Path) -> str:
    pages = pdfium.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    # A line's end is where the column ends, not where the text does.
    return " ".join(text.split())


def test_heads_pinyin_renderings_and_sources_can_be_found(tmp_path: Path) -> None:
    path = tmp_path / "glossary.pdf"
    write_pdf(sample_glossary(), path)
    text = _text(path)
    for wanted in (
        "Roads “公路”",
        "交通强县",
        "jiāotōng",
        "strength in transport",
        "transport county 2011–2017-10",
        "最后一公里",
        "the last kilometer",
        "日报",
    ):
        assert wanted in text


def test_the_file_is_tagged_pdf_a_with_embedded_fonts(tmp_path: Path) -> None:
    path = tmp_path / "glossary.pdf"
    write_pdf(sample_glossary(), path)
    data = path.read_bytes()
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"/StructTreeRoot" in data
    # A font program for each font that is named, none larger than a subset can be.
    assert data.count(b"/FontFile3") == data.count(b"/FontDescriptor/") > 0
    assert len(data) < 200_000


def test_the_same_glossary_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first, second, later = (tmp_path / name for name in ("1.pdf", "2.pdf", "3.pdf"))
    write_pdf(sample_glossary(), first)
    write_pdf(sample_glossary(), second)
    assert first.read_bytes() == second.read_bytes()
    assert b"D:20210505" in first.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    write_pdf(sample_glossary(), later)
    assert b"D:20231114" in later.read_bytes()


def test_text_is_never_taken_for_markup(tmp_path: Path) -> None:
    hostile = '#panic("x") *b* _i_ $x$ @ref <label> \\ [a] // "q"'
    terms = (Term(hostile, "zh-Hans"), Term(hostile, "en", note=hostile))
    path = tmp_path / "glossary.pdf"
    write_pdf(Glossary((Concept("c 1/<x>", terms, definition=hostile),)), path, title=hostile)
    assert '#panic("x")' in _text(path)
    assert "@ref <label>" in _text(path)


def test_a_glossary_without_chinese_or_without_anything_is_set(tmp_path: Path) -> None:
    path = tmp_path / "glossary.pdf"
    machine = Term("network power", "en", authority=Authority.MACHINE)
    write_pdf(Glossary((Concept("c", (Term("cyber power", "en"), machine)),)), path)
    assert "cyber power" in _text(path)
    assert "network power" in _text(path)
    write_pdf(Glossary(()), path, title="Nothing yet")
    assert "Nothing yet" in _text(path)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["en", "zh", "bilingual"])
def test_every_paper_and_interface_language_is_set(
    tmp_path: Path, paper: str, language: str
) -> None:
    path = tmp_path / "glossary.pdf"
    write_pdf(sample_glossary(), path, paper=paper, language=language)
    expected = {"en": "Sources", "zh": "资料来源", "bilingual": "资料来源 Sources"}
    assert expected[language] in _text(path)


def test_a_book_has_front_matter_bookmarks_running_heads_and_an_index(tmp_path: Path) -> None:
    path = tmp_path / "glossary.pdf"
    write_pdf(sample_glossary(), path, layout="book", subtitle="For the road", contexts=True)
    document = pdfium.PdfDocument(path)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    bookmarks = [(item.get_title(), item.get_dest().get_index()) for item in document.get_toc()]
    assert bookmarks == [
        ("How to read this glossary", 1),
        ("Sources", 1),
        ("Entries", 2),
        ("J", 2),
        ("Z", 2),
        ("English index", 3),
        ("L", 3),
        ("S", 3),
        ("T", 3),
    ]
    assert "For the road" in pages[0]
    assert "3 concepts" in pages[0]
    # The running head names the page's first and last entry before anything else.
    assert pages[2].startswith("交通强县 最后一公里")
    assert "The county will build its strength in transport" in pages[2]
    assert "last mile, the 最后一公里\xa03" in pages[3] or "last mile, the 最后一公里 3" in pages[3]


@pytest.mark.parametrize("language", ["en", "zh", "bilingual"])
def test_a_book_has_the_indexes_that_are_asked_for(tmp_path: Path, language: str) -> None:
    path = tmp_path / "glossary.pdf"
    indexes = ["radicals", "strokes"]
    write_pdf(sample_glossary(), path, layout="book", language=language, indexes=indexes)
    document = pdfium.PdfDocument(path)
    strokes, radicals = (
        " ".join(page.get_textpage().get_text_range().split()) for page in list(document)[-2:]
    )
    assert "6" in strokes
    assert "交 jiāo" in strokes
    assert "最 zuì" in strokes
    assert strokes.index("交 jiāo") < strokes.index("最 zuì")
    assert "亠 8 交 jiāo" in radicals
    headings = {
        "en": "Index by strokes",
        "zh": "笔画检字表",
        "bilingual": "笔画检字表 Index by strokes",
    }
    assert headings[language] in strokes


def test_only_the_indexes_that_are_there_are_explained() -> None:
    def told(*indexes: str) -> str:
        book = book_of(
            sample_glossary(),
            title="",
            subtitle="",
            language="en",
            contexts=False,
            indexes=indexes,
        )
        return " ".join(paragraph["text"] for paragraph in book["explanations"])

    assert "English index" in told("english")
    assert "Kangxi" not in told("english")
    assert "English index" not in told("strokes")
    assert "Kangxi" in told("strokes")
    assert "Kangxi" in told("english", "radicals")


def test_dates_are_printed_only_where_a_rendering_was_replaced() -> None:
    glossary = sample_glossary()
    changed, _, other = glossary.concepts
    since = dataclasses.replace(other.terms[1], valid_from="2021-05-05")
    other = dataclasses.replace(other, terms=(other.terms[0], since))
    book = book_of(Glossary((changed, other)), title="", subtitle="", language="en", contexts=False)
    dates = [
        term["dates"]
        for section in book["sections"]
        for entry in section["entries"]
        for term in entry["renderings"]
    ]
    assert dates == ["", "2011–2017-10", "", ""]


def test_cross_references_lead_to_entries(tmp_path: Path) -> None:
    glossary = sample_glossary()
    first, second, third = glossary.concepts
    linked = dataclasses.replace(first, cross_references=(second.id, "nowhere"))
    path = tmp_path / "glossary.pdf"
    write_pdf(dataclasses.replace(glossary, concepts=(linked, second, third)), path)
    assert "see also 交通强县战略" in _text(path)
    assert b"/Subtype/Link" in path.read_bytes()


def test_what_cannot_work_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "glossary.pdf"
    with pytest.raises(UsageError, match="unknown paper 'a9'"):
        write_pdf(sample_glossary(), path, paper="a9")
    with pytest.raises(UsageError, match="unknown layout 'poster'"):
        write_pdf(sample_glossary(), path, layout="poster")
    with pytest.raises(UsageError, match="unknown interface language 'fr'"):
        write_pdf(sample_glossary(), path, language="fr")
    with pytest.raises(UsageError, match="unknown index 'tones'"):
        write_pdf(sample_glossary(), path, indexes=["tones"])
    with pytest.raises(BadInputError, match="no such template"):
        write_pdf(sample_glossary(), path, template=tmp_path / "none.typ")
    broken = tmp_path / "broken.typ"
    broken.write_text("#let x = ", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"broken\.typ"):
        write_pdf(sample_glossary(), path, template=broken)
    with pytest.raises(OutputError):
        write_pdf(sample_glossary(), tmp_path / "no" / "glossary.pdf")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["broken.typ"]
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"tifa-glossary\[pdf\]"):
        write_pdf(sample_glossary(), path)


def test_a_users_template_gets_the_same_data(tmp_path: Path) -> None:
    template = tmp_path / "mine.typ"
    template.write_text(
        "#let book = json(bytes(sys.inputs.data))\n"
        '#set document(title: "mine")\n#set text(lang: "en")\n'
        "MINE #book.schema #book.sections.map(it => it.letter).join()\n",
        encoding="utf-8",
    )
    path = tmp_path / "glossary.pdf"
    write_pdf(sample_glossary(), path, template=template)
    assert _text(path) == "MINE tifa.book/1 JZ"
