"""Moved, dropped and added passages are named by their paragraphs."""

import pytest

from glossary.align.passages import Change, changed_passages, describe
from glossary.model import Bead, Bitext, Document, Segment, SegmentRole, Source

Pair = tuple[tuple[int, ...], tuple[int, ...]]
#: Paragraphs by how many sentences they have; headings are negative.
ESSAY = [2, -1, 1, 3, -1, 2, 2]


def document(name: str, paragraphs: list[int]) -> Document:
    segments: list[Segment] = []
    for paragraph, size in enumerate(paragraphs):
        for _ in range(abs(size)):
            at = len(segments)
            role = SegmentRole.HEADING if size < 0 else SegmentRole.BODY
            segments.append(Segment(name, at, f"{name} {at}", (0, 0), paragraph, role))
    return Document(Source(name, language="en"), "", tuple(segments))


def bitext(paragraphs: list[int], pairs: list[Pair]) -> Bitext:
    documents = document("A", ESSAY), document("B", paragraphs)
    for side, text in enumerate(documents):
        held = {index for pair in pairs for index in pair[side]}
        alone = [(at,) for at in range(len(text.segments)) if at not in held]
        pairs = [*pairs, *(((group, ()), ((), group))[side] for group in alone)]
    return Bitext("A+B", documents, tuple(Bead(pair, 1.0) for pair in pairs), "x")


def one_to_one(order: list[int]) -> list[Pair]:
    return [((index,), (at,)) for at, index in enumerate(order)]


@pytest.mark.parametrize(
    ("paragraphs", "order", "said"),
    [
        (
            [2, -1, 3, -1, 2, 1, 2],
            [0, 1, 2, 4, 5, 6, 7, 8, 9, 3, 10, 11],
            [
                "paragraph 3 (1 sentence: A 3) of A stands after paragraph 6 in B, "
                "as its paragraph 6"
            ],
        ),
        (
            [-1, 2, 2, -1, 1, 3, 2],
            [7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 10, 11],
            [
                "the section “A 7” (paragraphs 5–6, 3 sentences) of A stands at the top in B, "
                "as its paragraphs 1–2"
            ],
        ),
        (
            [2, -1, 1, 3],
            [0, 1, 2, 3, 4, 5, 6],
            ["B leaves out the section “A 7” (paragraphs 5–7, 5 sentences) of A"],
        ),
        # A sentence or two inside a paragraph are in the beads and are no passage.
        ([1, -1, 1, 3, -1, 2, 2], [0, *range(2, 12)], []),
    ],
)
def test_passages_are_named(paragraphs: list[int], order: list[int], said: list[str]) -> None:
    found = bitext(paragraphs, one_to_one(order))
    assert [describe(found, passage) for passage in changed_passages(found)] == said


def test_added_paragraphs_are_named_with_what_they_follow() -> None:
    pairs: list[Pair] = [((at,), (at if at < 7 else at + 2,)) for at in range(12)]
    found = bitext([2, -1, 1, 3, 2, -1, 2, 2], pairs)
    (passage,) = changed_passages(found)
    assert passage.change is Change.ADDED
    assert (
        describe(found, passage) == "B adds paragraph 5 (2 sentences: B 7…) after paragraph 4 of A"
    )


def test_texts_without_paragraphs_are_told_by_line() -> None:
    one_a_line = [1] * 8
    found = bitext(one_a_line, [((at,), (at,)) for at in range(3)])
    added, dropped = changed_passages(found)
    assert describe(found, dropped) == "B leaves out paragraphs 3–7 (9 sentences: A 3…) of A"
    assert describe(found, added) == "B adds lines 4–8 (5 sentences: B 3…) after paragraph 2 of A"


def test_a_byline_of_one_edition_is_no_passage() -> None:
    found = bitext(ESSAY, [((at,), (at,)) for at in range(11)])
    byline = document("B", [*ESSAY[:-1], 1])
    segments = (*byline.segments, Segment("B", 11, "By a writer", (0, 0), 7, SegmentRole.BYLINE))
    documents = found.documents[0], Document(byline.source, "", segments)
    beads = (*(Bead(((at,), (at,)), 1.0) for at in range(11)), Bead(((), (11,)), 1.0))
    beads = (*beads, Bead(((11,), ()), 1.0))
    assert changed_passages(Bitext("A+B", documents, beads, "x")) == []
