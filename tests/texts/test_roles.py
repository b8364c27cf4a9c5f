"""Headings, captions, bylines and metadata: told apart, and body left body."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from corpora import shared_dir

from glossary.model import Document, SegmentRole, Source
from glossary.texts import make_document, parse_request, read_document
from glossary.texts.flow import rejoin
from glossary.texts.readers.base import Paragraph
from glossary.texts.roles import assign_roles, header_length

_CASES = json.loads(
    (Path(__file__).resolve().parents[1] / "data" / "texts-roles.json").read_text("utf-8")
)
_FILLER = [
    "会议讨论了今年的重点工作，并作出安排。",
    "The meeting went through the plan line by line.",
]


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:40] for case in _CASES])
def test_role(case: dict[str, str]) -> None:
    # In the middle of a document, unless the case says that it stands at its top.
    before = [] if case.get("where") == "top" else _FILLER * 4
    texts = ["题目" if case.get("where") == "top" else "Title", *before, case["text"], *_FILLER * 4]
    roles = assign_roles([Paragraph(text) for text in texts])
    assert roles[1 + len(before)].value == case["role"]
    assert roles[2 + len(before) :] == [SegmentRole.BODY] * 8


def test_what_the_format_says_stays() -> None:
    paragraph = Paragraph("It is long. It goes on.", SegmentRole.HEADING)
    assert assign_roles([paragraph]) == [SegmentRole.HEADING]


def test_lists_of_short_lines_are_no_headings() -> None:
    roles = assign_roles(
        [Paragraph(text) for text in ["Words", "Road", "River", "Bridge", "Grain"]]
    )
    assert roles == [SegmentRole.HEADING] + [SegmentRole.BODY] * 4


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("date 2023-03-02 Driving growth through reform", "date 2023-03-02 "),
        ("2023-03-02 10:30 Driving growth through reform", "2023-03-02 10:30 "),
        ("2023年3月2日 以改革推动高质量发展", "2023年3月2日 "),
        ("2023年3月2日，会议在京召开。", ""),
        ("2023-03-02 The meeting was held. It was long.", ""),
        ("Driving growth 2023-03-02", ""),
        ("2023-03-02", ""),
    ],
)
def test_headers_of_sites(text: str, header: str) -> None:
    assert text[: header_length(text, 0)] == header
    assert header_length(text, 50) == 0


def _document(text: str) -> Document:
    return make_document(text, Source(id="x"))


def test_a_header_and_the_title_behind_it_are_two_segments() -> None:
    document = _document("date 2023-03-02 Driving growth through reform\n\nIt is late. We go.")
    assert [(segment.text, segment.role.value) for segment in document.segments] == [
        ("date 2023-03-02", "metadata"),
        ("Driving growth through reform", "heading"),
        ("It is late.", "body"),
        ("We go.", "body"),
    ]


_CAPTION_EN = "Visitors tour a plant. PHOTO BY FANG YU"
_CAPTION_ZH = "图为工人在检修设备。新华社记者 方宇摄"


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        (
            ["The bridge was closed for repairs and has become a", _CAPTION_EN, "key link again."],
            "en",
            ["The bridge was closed for repairs and has become a key link again.", _CAPTION_EN],
        ),
        (
            [
                "桥梁检修以后重新开放，这条道路因此成为连接两地的重要通道，",
                _CAPTION_ZH,
                "每天车流不断。",
            ],
            "zh-Hans",
            [
                "桥梁检修以后重新开放，这条道路因此成为连接两地的重要通道，每天车流不断。",
                _CAPTION_ZH,
            ],
        ),
        # Whole sentences before and after: nothing to rejoin.
        (["The bridge is open to all traffic again.", _CAPTION_EN, "it helps."], "en", None),
        (["The bridge is open to all traffic again", _CAPTION_EN, "It helps."], "en", None),
        # No caption between.
        (["The bridge was closed and has become a", "key link again."], "en", None),
        (["桥梁检修以后重新开放。", _CAPTION_ZH, "每天车流不断。"], "zh-Hans", None),
        (["一、总体要求", _CAPTION_ZH, "到明年完成任务。"], "zh-Hans", None),
    ],
)
def test_interrupted_paragraphs_are_rejoined(
    texts: list[str], language: str, expected: list[str] | None
) -> None:
    joined = rejoin([Paragraph(text) for text in texts], language)
    assert [paragraph.text for paragraph in joined] == (expected or texts)


@pytest.mark.shared
def test_the_seeds_are_told_apart_as_they_are() -> None:
    folder = shared_dir() / "data" / "seeds"
    counts = []
    for name in ("000_fe1d55fba8cf9dfb.txt", "002_fbfa49d96178fce5.txt"):
        document = read_document(parse_request(str(folder / name)))
        by_role = {
            role: len({s.paragraph for s in document.segments if s.role is role})
            for role in SegmentRole
        }
        counts.append([by_role[role] for role in SegmentRole if role is not SegmentRole.BODY])
    # Titles (and a subtitle) and six numbered headings; three captions, one with its file name;
    # the author's name and note; a header, or a source line and two notes at the end.
    assert counts == [[8, 3, 2, 1], [7, 4, 1, 3]]
