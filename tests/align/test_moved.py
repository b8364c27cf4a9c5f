"""Passages that a translator moved."""

import pytest

from glossary.align import Link, Side, align
from glossary.align.moved import with_moved
from glossary.align.passages import crossing_beads
from glossary.encoders import default_encoder
from glossary.model import Bitext, Document, Segment, Source

CHINESE = [
    "县里去年修好了通往山区的公路。",
    "沿线十二个村子的苹果当年就运到了省城的市场。",
    "老人们还记得从前要走两天才能到县医院。",
    "新建的小学在九月开学，共有三百名学生。",
    "教师宿舍和图书馆也同时投入使用。",
    "气象局预计今年冬天会比往年更冷。",
    "供暖公司已经储备了足够的煤炭和天然气。",
    "县长说，明年的重点是治理河流污染。",
]
ENGLISH = [
    "Last year the county finished the road into the mountains.",
    "Apples from the twelve villages along it reached the market in the provincial capital the "
    "same year.",
    "Old people still remember walking two days to get to the county hospital.",
    "The new primary school opened in September with three hundred pupils.",
    "The teachers' dormitory and the library came into use at the same time.",
    "The weather bureau expects this winter to be colder than in other years.",
    "The heating company has already laid in enough coal and natural gas.",
    "The head of the county said that next year's priority is cleaning up the polluted river.",
]


def bitext(order: list[int]) -> Bitext:
    return align(
        [
            document("zh", "zh-Hans", CHINESE),
            document("en", "en", [ENGLISH[number] for number in order]),
        ],
        mode="fast",
    )


def document(name: str, language: str, sentences: list[str]) -> Document:
    segments, position = [], 0
    for index, text in enumerate(sentences):
        segments.append(Segment(name, index, text, (position, position + len(text)), index))
        position += len(text) + 1
    return Document(Source(name, language=language), "\n".join(sentences), tuple(segments))


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        ([0, 1, 2, 5, 6, 7, 3, 4], {3, 4}),
        ([3, 4, 0, 1, 2, 5, 6, 7], {3, 4}),
        ([7, 0, 1, 2, 3, 4, 5, 6], {7}),
    ],
)
def test_a_moved_passage_is_paired_and_reported(order: list[int], moved: set[int]) -> None:
    found = bitext(order)
    pairs = {(left, right) for left, right in (bead.members for bead in found.beads)}
    assert pairs == {((number,), (order.index(number),)) for number in range(len(CHINESE))}
    assert {bead.members[0][0] for bead in crossing_beads(found)} == moved


def test_nothing_crosses_where_nothing_moved() -> None:
    assert crossing_beads(bitext(list(range(8)))) == []


def test_what_was_dropped_and_what_was_added_elsewhere_stay_apart() -> None:
    added = "The football club lost its last three games and dismissed the coach."
    english = [*ENGLISH[:3], *ENGLISH[5:7], added, ENGLISH[7]]
    links = [Link((i,), (i,), 1.0) for i in range(3)]
    links += [Link((3,), (), 1.0), Link((4,), (), 1.0)]
    links += [Link((5,), (3,), 1.0), Link((6,), (4,), 1.0), Link((), (5,), 1.0)]
    links += [Link((7,), (6,), 1.0)]
    sides = Side(CHINESE, "zh-Hans"), Side(english, "en")
    assert with_moved(*sides, links, encoder=default_encoder()) == links


def test_a_moved_passage_is_found_whose_sentences_are_divided_otherwise() -> None:
    # Six short sentences render three long ones, so no two of them are very like.
    chinese = [
        *CHINESE[:3],
        "他走到门口，想了想又回来，把帽子放在桌上。",
        "“那就算了，”她没有抬头，手里的针线一直没有停。",
        "屋里很久没有人说话，只听见外面的雨落在瓦上。",
        *CHINESE[3:],
    ]
    passage = [
        "He got as far as the door.",
        "Then he thought better of it, and his cap went back on the table.",
        "“Never mind, then.”",
        "Her eyes stayed on her sewing and the needle went on and on.",
        "For a long time nobody in the room spoke.",
        "All that could be heard was rain on the tiles.",
    ]
    sides = Side(chinese, "zh-Hans"), Side([*ENGLISH, *passage], "en")
    links = [Link((i,), (i,), 1.0) for i in range(3)]
    links += [Link((i,), (), 1.0) for i in range(3, 6)]
    links += [Link((i + 3,), (i,), 1.0) for i in range(3, 8)]
    links += [Link((), (i,), 1.0) for i in range(8, 14)]
    found = with_moved(*sides, links, encoder=default_encoder())
    pairs = {(link.source, link.target) for link in found}
    assert {((3,), (8, 9)), ((4,), (10, 11)), ((5,), (12, 13))} < pairs


def test_without_an_encoder_nothing_moves() -> None:
    links = [Link((0,), (), 1.0), Link((1,), (0,), 1.0), Link((), (1,), 1.0)]
    sides = Side(CHINESE[:2], "zh-Hans"), Side([ENGLISH[1], ENGLISH[0]], "en")
    assert with_moved(*sides, links, encoder=None) == links
