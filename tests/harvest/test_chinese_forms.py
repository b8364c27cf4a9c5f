"""Chinese abbreviations and the terms that they stand for."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from harvest_bitexts import bitext

from glossary.harvest import HarvestOptions, harvest
from glossary.harvest.abbreviations import in_brackets_behind
from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.chinese_forms import join_forms, proof, shortens
from glossary.model import (
    Attestation,
    Authority,
    Concept,
    Score,
    Source,
    Term,
    TermType,
    concept_id,
)

DATA = Path(__file__).resolve().parent.parent / "data" / "variants"
SOURCES = [Source("zh", language="zh-Hans"), Source("en", language="en")]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def concept(
    head: str, *renderings: str, contexts: tuple[str, ...] = (), score: float = 0.5
) -> Concept:
    found = tuple(
        Attestation("zh", n, (text.index(head), text.index(head) + len(head)), head, text)
        for n, text in enumerate(contexts)
    )
    return Concept(
        concept_id(head),
        (
            Term(head, "zh-Hans", attestations=found),
            *(
                Term(text, "en", attestations=(Attestation("en", 0, (0, 1), text, text),))
                for text in renderings
            ),
        ),
        score=Score(score, "test"),
    )


@pytest.mark.parametrize("row", rows("shapes.tsv"), ids=lambda row: f"{row['short']}/{row['full']}")
def test_shapes(row: dict[str, str]) -> None:
    assert shortens(row["short"], row["full"]) is (row["looks_short"] == "yes")


def test_shape_and_rendering_join_under_the_full_form() -> None:
    concepts = [
        concept("二十大", "20th National Congress", score=0.9),
        concept("中国共产党第二十次全国代表大会", "20th National Congress of the CPC"),
        concept("党的二十大", "20th CPC National Congress", "20th Party congress"),
        concept("人民", "people"),
    ]
    congress, people = join_forms(concepts, SOURCES)
    assert [(term.text, term.term_type) for term in congress.chinese()] == [
        ("中国共产党第二十次全国代表大会", TermType.FULL_FORM),
        ("党的二十大", TermType.ABBREVIATION),
        ("二十大", TermType.ABBREVIATION),
    ]
    assert congress.id == concept_id("中国共产党第二十次全国代表大会")
    assert congress.score == Score(0.9, "test")
    assert len(congress.renderings()) == 4
    assert people == concepts[3]


def test_a_rendering_in_common_is_not_enough() -> None:
    concepts = [concept("伟大工程", "great project"), concept("伟大事业", "great project")]
    assert join_forms(concepts, SOURCES) == [concepts[1], concepts[0]]


def test_a_latin_form_longer_than_the_chinese_one_goes_to_it() -> None:
    latin = concept("SWIFTNET", "SWIFTNet", contexts=("报文网（SWIFTNET）连接各地银行。",))
    chinese = concept("报文网", "message network")
    (joined,) = join_forms([latin, chinese], SOURCES)
    assert [term.text for term in joined.chinese()] == ["报文网", "SWIFTNET"]


def test_a_shape_in_common_is_not_enough() -> None:
    concepts = [concept("人大", "people's congress"), concept("人民大学", "Renmin University")]
    assert len(join_forms(concepts, SOURCES)) == 2


def test_of_two_full_forms_the_proven_one_is_taken() -> None:
    concepts = [
        concept("人大", "people's congress"),
        concept("人民大学", "Renmin University"),
        concept("人民代表大会", "people's congresses"),
    ]
    joined = join_forms(concepts, SOURCES)
    assert [[t.text for t in c.chinese()] for c in joined] == [
        ["人民代表大会", "人大"],
        ["人民大学"],
    ]


@pytest.mark.parametrize(
    "context",
    [
        "香港金融管理局（金管局）发布年报。",
        "香港金融管理局(以下简称“金管局”)发布年报。",
        "香港金融管理局（下称：金管局）发布年报。",
    ],
)
def test_a_text_that_defines_it_is_proof(context: str) -> None:
    short = concept("金管局", "HKMA", contexts=("金管局表示",))
    full = concept("香港金融管理局", "monetary authority", contexts=(context,))
    assert proof(short, full) == "definition"


def test_a_full_form_in_brackets_behind_the_short_one_is_proof() -> None:
    contexts = ("金管局（香港金融管理局）发布年报。",)
    short = concept("金管局", "HKMA", contexts=contexts)
    full = concept("香港金融管理局", "monetary authority", contexts=contexts)
    assert proof(short, full) == "definition"


def test_three_neighbours_in_common_are_proof_and_two_are_not() -> None:
    contexts = ("负责金管局工作", "调查金管局工作", "负责金管局总裁")
    short = concept("金管局", "HKMA", contexts=contexts)
    texts = tuple(text.replace("金管局", "香港金融管理局") for text in contexts)
    assert proof(short, concept("香港金融管理局", "authority", contexts=texts)) == "context"
    assert proof(short, concept("香港金融管理局", "authority", contexts=texts[:1])) == ""


def test_a_harvest_joins_them_unless_told_not_to() -> None:
    chinese = Source("zh", language="zh-Hant", authority=Authority.OFFICIAL)
    english = Source("en", language="en", authority=Authority.OFFICIAL)
    text = bitext(
        (chinese, ("香港金融管理局（金管局）發布年報。", "金管局維持貨幣穩定。")),
        (
            english,
            (
                "The Hong Kong Monetary Authority (HKMA) published its annual report.",
                "The HKMA maintains monetary stability.",
            ),
        ),
    )
    heads = [[t.text for t in c.chinese()] for c in harvest(text).concepts]
    assert ["香港金融管理局", "金管局"] in heads
    apart = harvest(text, options=HarvestOptions(join_forms=False)).concepts
    assert all(len(c.chinese()) == 1 for c in apart)


#: Precision and recall on pairs of shape; what was reached less a little.
FLOORS = (0.95, 0.86)


def test_the_quality_on_the_gold_does_not_slip() -> None:
    wanted, found = set(), set()
    for row in rows("chinese.tsv"):
        pair = (row["short"], row["full"])
        short = concept(row["short"], *row["of_short"].split("|"))
        full = concept(row["full"], *row["of_full"].split("|"))
        if row["same"] == "yes":
            wanted.add(pair)
        if shortens(*pair) and proof(short, full):
            found.add(pair)
    assert len(wanted & found) >= FLOORS[0] * len(found)
    assert len(wanted & found) >= FLOORS[1] * len(wanted)


def test_brackets_join_full_forms_and_abbreviations_on_both_sides() -> None:
    found = harvest(
        bitext(
            (
                SOURCES[0],
                [
                    "环球银行金融电信协会（SWIFT）是一家公司。",
                    "我们要支持多边主义。",
                ],
            ),
            (
                SOURCES[1],
                [
                    "The Society for Worldwide Interbank Financial Telecommunication (SWIFT) is a "
                    "company.",
                    "We must support multilateralism.",
                ],
            ),
        )
    )
    (joined,) = (c for c in found.concepts if c.head == "环球银行金融电信协会")
    assert [(term.text, term.term_type) for term in joined.terms] == [
        ("环球银行金融电信协会", TermType.FULL_FORM),
        ("SWIFT", TermType.ABBREVIATION),
        ("Society for Worldwide Interbank Financial Telecommunication", TermType.FULL_FORM),
        ("SWIFT", TermType.ABBREVIATION),
    ]


@pytest.mark.parametrize(
    "chinese",
    [
        "新型农村合作医疗（新农合）减轻了农民的负担。",
        "新型農村合作醫療（以下簡稱“新農合”）減輕了農民的負擔。",
    ],
)
def test_a_short_form_in_brackets_that_nothing_renders_shares_the_rendering(chinese: str) -> None:
    english = "The new rural cooperative medical scheme has eased the burden on farmers."
    found = harvest(bitext((SOURCES[0], [chinese]), (SOURCES[1], [english])))
    (joined,) = (c for c in found.concepts if normal_form(c.head) == "新型农村合作医疗")
    assert [normal_form(term.text) for term in joined.chinese()] == ["新型农村合作医疗", "新农合"]
    assert joined.chinese()[1].term_type is TermType.ABBREVIATION


def test_what_brackets_only_explain_is_no_short_form() -> None:
    chinese = "新型农村合作医疗（自愿参加）减轻了农民的负担。"
    english = "The new rural cooperative medical scheme has eased the burden on farmers."
    found = harvest(bitext((SOURCES[0], [chinese]), (SOURCES[1], [english])))
    assert all(len(concept.chinese()) == 1 for concept in found.concepts)


@pytest.mark.parametrize(
    ("text", "stretch", "inside"),
    [
        ("the Financial Stability Board (FSB) met", "Financial Stability Board", "FSB"),
        ("the FSB (Financial Stability Board) met", "FSB", "Financial Stability Board"),
        ("“loan prime rate” (“LPR”)", "loan prime rate", None),
        ("loan prime rate (“LPR”)", "loan prime rate", "LPR"),
        (
            "Congress of the Communist Party of China (CPC)",
            "Congress of the Communist Party of China",
            None,
        ),
        ("Financial Stability Board (Basel)", "Financial Stability Board", None),
        ("Financial Stability Board", "Financial Stability Board", None),
    ],
)
def test_what_brackets_behind_a_rendering_abbreviate(
    text: str, stretch: str, inside: str | None
) -> None:
    start = text.index(stretch)
    found = in_brackets_behind(text, start, start + len(stretch))
    assert (found and text[slice(*found)]) == inside
