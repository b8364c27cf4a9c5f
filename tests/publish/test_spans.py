"""Terms that overlap in any way cut a text into pieces without changing it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary.model import Attestation, Concept, Term
from glossary.publish.spans import Occurrence, occurrences, pieces


@st.composite
def _marked_texts(draw: st.DrawFn) -> tuple[str, list[Occurrence]]:
    text = draw(st.text(alphabet="ab<&\"'网络强国 ", min_size=1, max_size=40))
    place = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(place, place).map(sorted), max_size=12))
    found = []
    for number, (start, end) in enumerate(spans):
        term = Term(text[start:end], "en")
        found.append(Occurrence(start, end, text[start:end], Concept(f"c{number}", (term,)), term))
    return text, found


@given(_marked_texts())
def test_pieces_join_to_the_text_and_cover_each_term_exactly(
    case: tuple[str, list[Occurrence]],
) -> None:
    text, found = case
    cut = list(pieces(text, found))
    assert "".join(piece.text for piece in cut) == text
    covered: dict[str, str] = {}
    for piece in cut:
        for term in piece.terms:
            covered[term.concept.id] = covered.get(term.concept.id, "") + piece.text
    assert covered == {term.concept.id: term.surface for term in found if term.surface}


def test_the_longest_term_comes_first() -> None:
    inner, outer = (
        Occurrence(0, end, "网络强国战略"[:end], Concept(name, ()), Term(name, "zh-Hans"))
        for end, name in ((4, "inner"), (6, "outer"))
    )
    assert [
        (piece.text, [term.concept.id for term in piece.terms])
        for piece in pieces("网络强国战略。", [outer, inner])
    ] == [("网络强国", ["outer", "inner"]), ("战略", ["outer"]), ("。", [])]


def test_an_attestation_of_another_text_is_not_marked() -> None:
    stale = Attestation("s", 0, (0, 4), "road", "road works")
    found = occurrences([Concept("c", (Term("road", "en", attestations=(stale,)),))])
    assert [piece.terms for piece in pieces("path works", found["s", 0])] == [()]
