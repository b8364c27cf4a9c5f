"""The indexes of a printed glossary: what stands where, and what it leads to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from glossary.model import Concept, Term
from glossary.publish.entries import Entry, entries
from glossary.publish.indexes import character_indexes, rendering_index

_ROOT = Path(__file__).resolve().parents[2]
_HEADS = (
    "长期",
    "长江",
    "部长",
    "讲话",
    "言论",
    "人民",
    "法治",
    "政府",
    "〇号",
    "𠮷祥",
    "WTO",
    "市长",
)


def _listed(*heads: str) -> tuple[Entry, ...]:
    return entries(
        Concept(f"c{number}", (Term(head, "zh-Hans"), Term(f"the {head}", "en")))
        for number, head in enumerate(heads)
    )


def _shape(kind: str, *heads: str) -> list[tuple[str, str]]:
    (index,) = character_indexes(_listed(*heads), [kind])
    return [
        (section["name"], "".join(item["character"] for item in section["items"]))
        for section in index["sections"]
    ]


def test_characters_stand_by_their_strokes() -> None:
    assert _shape("strokes", *_HEADS) == [
        ("1", "〇"),
        ("2", "人"),
        ("4", "长"),
        ("5", "市"),
        ("6", "讲"),
        ("7", "言"),
        ("8", "法"),
        ("9", "政"),
        ("10", "部"),
        ("", "𠮷"),
    ]


def test_simplified_and_traditional_forms_share_a_radical() -> None:
    sections = dict(_shape("radicals", *_HEADS))
    assert sections["言讠"] == "讲言"
    assert sections["水"] == "法"
    assert list(sections)[-1] == ""


def test_a_character_leads_to_the_first_entry_of_each_reading() -> None:
    listed = _listed("长期", "长江", "长官", "长征", "人民")
    (index,) = character_indexes(listed, ["strokes"])
    items = {item["character"]: item for section in index["sections"] for item in section["items"]}
    found = [(target["pinyin"], target["head"]) for target in items["长"]["entries"]]
    assert found == [("cháng", "长江"), ("zhǎng", "长官")]
    places = {f"entry-{place}": entry.head.text for place, entry in enumerate(listed)}
    assert all(places[target["id"]] == target["head"] for target in items["长"]["entries"])


def test_no_index_is_made_unasked() -> None:
    assert character_indexes(_listed(*_HEADS), ["english"]) == []


def test_renderings_stand_letter_by_letter_with_their_article_last() -> None:
    index = rendering_index(_listed("人民", "政府"))
    assert [item["text"] for section in index for item in section["items"]] == [
        "人民, the",
        "政府, the",
    ]


def test_the_table_is_made_from_the_unicode_character_database(tmp_path: Path) -> None:
    (tmp_path / "CJKRadicals.txt").write_text(
        "149; 2F94; 8A00\n149'; 2EC8; 8BA0\n4; 2F03; 4E3F\n9; 2F08; 4EBA\n"
    )
    (tmp_path / "Unihan_IRGSources.txt").write_text(
        "# Unicode version: 99.0\n"
        "U+8BB2\tkRSUnicode\t149'.4\nU+8BB2\tkTotalStrokes\t6 7\n"
        "U+8BB0\tkRSUnicode\t149'.3 1.1\nU+8BB0\tkTotalStrokes\t5\n"
        "U+4EBA\tkRSUnicode\t9.0\nU+4EBA\tkTotalStrokes\t2\n"
        "U+8BB1\tkRSUnicode\t149'.9\n"
    )
    out = tmp_path / "characters.tsv"
    script = _ROOT / "scripts" / "build_characters.py"
    subprocess.run([sys.executable, script, tmp_path, "-o", out], check=True)
    assert out.read_text(encoding="utf-8").splitlines()[1:] == [
        "4\t丿\t1\t〇",
        "9\t人\t2\t人",
        "149'\t讠\t5\t记",
        "149'\t讠\t6\t讲",
    ]


@pytest.mark.parametrize("head", ["", "2035年", "。"])
def test_heads_without_a_first_character_have_no_place(head: str) -> None:
    listed = _listed(*([head] if head else []))
    assert character_indexes(listed, ["strokes"])[0]["sections"] == []
