"""The page of aligned texts: complete, marked where the terms stand, loading nothing."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from lxml import html
from publish_samples import ESSAY, MACHINE, OFFICIAL, in_paragraphs, sample_bitext, sample_glossary

from glossary.errors import OutputError
from glossary.model import Bitext, Concept, Glossary, Term, concept_id
from glossary.publish.alignment import write_alignment


@pytest.fixture
def tree(tmp_path: Path) -> html.HtmlElement:
    return _write(tmp_path, sample_bitext(), sample_glossary())


def _write(folder: Path, bitext: Bitext, glossary: Glossary) -> html.HtmlElement:
    path = folder / "alignment.html"
    write_alignment(bitext, glossary, path)
    return html.fromstring(path.read_text(encoding="utf-8"))


def test_every_segment_stands_in_its_column_unchanged(tree: html.HtmlElement) -> None:
    rows = tree.xpath("//tbody/tr")
    assert len(rows) == len(sample_bitext().beads)
    for column, parts in enumerate((ESSAY, OFFICIAL, MACHINE), start=1):
        shown = [
            (paragraph.text_content(), paragraph.get("class") or "body")
            for paragraph in tree.xpath(f"//tbody/tr/td[{column}]/p")
        ]
        assert shown == [(text, role.value) for text, role in parts]


def test_marks_cover_exactly_the_attested_surfaces(tree: html.HtmlElement) -> None:
    glossary = sample_glossary()
    for concept in glossary.concepts:
        anchor = f"term-{concept.id}"
        # Neighbouring pieces of one term, joined, are the term as it stands in the text.
        marked: list[str] = []
        for paragraph in tree.xpath("//tbody//p"):
            previous = None
            for link in paragraph.xpath(f'.//a[contains(@data-c, "{anchor}")]'):
                joined = previous is not None and previous.getnext() is link and not previous.tail
                if joined:
                    marked[-1] += link.text
                else:
                    marked.append(link.text)
                previous = link
        attested = [found.surface for term in concept.terms for found in term.attestations]
        assert sorted(marked) == sorted(attested)
        assert tree.xpath(f'//*[@id="{anchor}"]')


def test_a_nested_term_looks_like_the_longer_one_and_names_both(tree: html.HtmlElement) -> None:
    inner = tree.xpath('//tr[@id="b4"]/td[1]//a')[0]
    assert inner.text == "交通强县"
    assert inner.get("href") == f"#term-{concept_id('交通强县战略')}"
    assert inner.get("data-c").split() == [
        f"term-{concept_id('交通强县战略')}",
        f"term-{concept_id('交通强县')}",
    ]
    assert "交通强县 = " in inner.get("title")


def test_beads_say_what_they_are(tree: html.HtmlElement) -> None:
    facts = {row.get("id"): row.xpath("./th")[0].text_content() for row in tree.xpath("//tbody/tr")}
    assert "n-1" in facts["b1"]
    assert "n-n" in facts["b1"]
    assert "0.97" in facts["b1"]
    assert "dropped" in facts["b2"]
    assert "added" in facts["b3"]
    assert "review" in facts["b4"]
    assert "set by hand" in facts["b5"]
    low = [row.get("id") for row in tree.xpath("//tbody/tr") if "low" in row.get("class", "")]
    assert low == ["b2", "b3", "b4"]
    assert tree.xpath('//tr[@id="b3"]/td[1]')[0].text_content() == "no counterpart"


def test_languages_are_marked(tree: html.HtmlElement) -> None:
    for column, language in enumerate(("zh-Hans", "en", "en"), start=1):
        cells = tree.xpath(f'//tbody/tr/td[{column}][not(@class="none")]')
        assert {cell.get("lang") for cell in cells} == {language}


def test_the_page_loads_nothing(tmp_path: Path, tree: html.HtmlElement) -> None:
    page = (tmp_path / "alignment.html").read_text(encoding="utf-8")
    assert not tree.xpath("//*[@src] | //link | //iframe | //object")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert not re.search(r"https?:|url\(|@import", page)
    [policy] = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy.startswith("default-src 'none';")


def test_every_link_leads_somewhere_and_ids_are_unique(tree: html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//@href")} <= set(ids)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    bitext = sample_bitext()
    evil = '"><script>alert(1)</script>&\0'
    first = bitext.documents[0]
    source = dataclasses.replace(first.source, title=evil, publisher=evil)
    bitext = dataclasses.replace(
        bitext,
        documents=(dataclasses.replace(first, source=source), *bitext.documents[1:]),
        method=evil,
    )
    [attestation] = sample_glossary().concepts[1].terms[0].attestations
    term = Term(evil, "zh-Hans", attestations=(attestation,))
    tree = _write(tmp_path, bitext, Glossary((Concept(f"c 1/{evil}", (term,)),)))
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//h1")[0].text_content() == evil.replace("\0", "\ufffd")


def test_the_same_values_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write_alignment(sample_bitext(), sample_glossary(), tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_two_english_renditions_and_no_terms(tmp_path: Path) -> None:
    bitext = sample_bitext()
    beads = tuple(
        dataclasses.replace(bead, members=bead.members[1:])
        for bead in bitext.beads
        if any(bead.members[1:])
    )
    english = dataclasses.replace(bitext, documents=bitext.documents[1:], beads=beads)
    tree = _write(tmp_path, english, Glossary(()))
    assert len(tree.xpath("//thead//th")) == 3
    assert not tree.xpath("//a[@data-c]")


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_alignment(sample_bitext(), sample_glossary(), tmp_path / "no" / "a.html")


def test_passages_left_out_are_listed_with_links(tmp_path: Path) -> None:
    tree = _write(tmp_path, in_paragraphs(sample_bitext()), sample_glossary())
    (link,) = tree.xpath("//details//a")
    assert link.text_content().startswith("official leaves out paragraph 5")
    (row,) = tree.xpath(f'//tr[@id="{link.get("href")[1:]}"]')
    assert "要保护好耕地。" in row.text_content()


def test_a_moved_row_says_so(tmp_path: Path) -> None:
    bitext = sample_bitext()
    beads = (*bitext.beads[:4], dataclasses.replace(bitext.beads[4], members=((4,), (0,), (4,))))
    beads = (dataclasses.replace(beads[0], members=((0,), (3,), (0,))), *beads[1:])
    tree = _write(
        tmp_path,
        dataclasses.replace(bitext, beads=(*beads, bitext.beads[5])),
        sample_glossary(),
    )
    moved = [row for row in tree.xpath("//tbody/tr") if row.xpath('.//strong[text()="moved"]')]
    assert moved
    assert len(moved) < 3
