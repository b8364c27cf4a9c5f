"""Which known terms are mere parts of the longer known term that they stand in."""

import pytest

from glossary.harvest.candidates_zh import Candidate, Place
from glossary.harvest.parts import hidden_parts
from glossary.model import ConceptKind


def known(
    key: str, sentence: str, pattern: str = "unit", score: float = 0.5
) -> tuple[float, Candidate]:
    start = sentence.index(key)
    place = Place(0, start, start + len(key))
    candidate = Candidate(key, ConceptKind.TERM, pattern, (place,), 1.0, 0.9, known=True)
    return score, candidate


@pytest.mark.parametrize(
    ("longer", "part", "hidden"),
    [
        ("新质生产力", "生产力", True),
        ("全面从严治党", "从严治党", True),
        ("新质生产力", "新质", False),
        # A series, a verb with its object, a clause.
        ("碳达峰碳中和", "碳中和", False),
        ("形式主义、官僚主义", "官僚主义", False),
        ("增强忧患意识", "忧患意识", False),
        ("以人民为中心的发展思想", "发展思想", False),
    ],
)
def test_a_modifier_hides_the_head_that_it_narrows(longer: str, part: str, hidden: bool) -> None:
    scored = [known(longer, longer), known(part, longer)]
    assert hidden_parts(scored) == ({part} if hidden else set())


def test_what_the_writer_marked_or_the_text_has_alone_is_not_hidden() -> None:
    longer = known("新质生产力", "新质生产力")
    assert hidden_parts([longer, known("生产力", "新质生产力", "quoted")]) == set()
    alone = Candidate(
        "生产力",
        ConceptKind.TERM,
        "unit",
        (Place(0, 2, 5), Place(1, 0, 3)),
        1.0,
        0.9,
        known=True,
    )
    assert hidden_parts([longer, (0.5, alone)]) == set()


def test_what_is_surely_an_entry_stands_beside_the_longer_one() -> None:
    longer = known("新质生产力", "新质生产力", score=0.9)
    assert hidden_parts([longer, known("生产力", "新质生产力", score=0.7)]) == set()
