"""The order of a dictionary, and what stands in an entry."""

from __future__ import annotations

import random

from glossary.model import AdministrativeStatus, Authority, Concept, Term, concept_id
from glossary.publish.entries import Mark, entries, mark

ORDER = (
    ("5G网络", "#"),
    ("阿Q精神", "A"),
    ("Apple pie", "A"),
    ("长江", "C"),
    ("Ébène", "E"),
    ("女性", "N"),
    ("“双循环”", "S"),
    ("中共", "Z"),
    ("中国", "Z"),
    ("中国梦", "Z"),
    ("钟表", "Z"),
    ("重要", "Z"),
)


def _concept(head: str) -> Concept:
    language = "zh-Hans" if any("\u4e00" <= char <= "\u9fff" for char in head) else "en"
    return Concept(concept_id(head), (Term(head, language), Term("x", "en")))


def test_heads_stand_by_syllable_tone_and_character() -> None:
    shuffled = [_concept(head) for head, _ in ORDER]
    random.Random(1).shuffle(shuffled)
    listed = entries(shuffled)
    assert [(entry.head.text, entry.section) for entry in listed] == list(ORDER)


def test_an_english_concept_lists_its_other_terms_as_renderings() -> None:
    concept = Concept("c", (Term("cyber power", "en"), Term("network power", "en")))
    [entry] = entries([concept])
    assert (entry.head.text, entry.pinyin) == ("cyber power", "")
    assert [term.text for term in entry.renderings] == ["network power"]


def test_chinese_variants_are_not_renderings() -> None:
    concept = Concept("c", (Term("国家", "zh-Hans"), Term("國家", "zh-Hant"), Term("state", "en")))
    [entry] = entries([concept])
    assert entry.pinyin == "guójiā"
    assert [term.text for term in entry.variants] == ["國家"]
    assert [term.text for term in entry.renderings] == ["state"]


def test_a_machine_word_is_marked_as_such_unless_it_is_deprecated() -> None:
    machine = Term("x", "en", status=None, authority=Authority.MACHINE)
    deprecated = Term(
        "x", "en", status=AdministrativeStatus.DEPRECATED, authority=Authority.MACHINE
    )
    human = Term("x", "en", status=AdministrativeStatus.ADMITTED, authority=Authority.OFFICIAL)
    assert [mark(term) for term in (machine, deprecated, human)] == [
        Mark.MACHINE,
        Mark.DEPRECATED,
        Mark.ADMITTED,
    ]
