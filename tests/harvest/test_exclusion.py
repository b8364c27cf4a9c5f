"""Which of two nested candidates keeps the words that render both best."""

import numpy as np
import pytest

from glossary.harvest.candidates_zh import Candidate
from glossary.harvest.citation import phrase_key
from glossary.harvest.exclusion import exclude
from glossary.harvest.mentions import Mention, Option
from glossary.harvest.search import EVIDENCE, Find
from glossary.model import ConceptKind, Segment


def mention(
    sentence: str, key: str, options: list[tuple[str, float]], *, pattern: str, known: bool
) -> Mention:
    """A place of a candidate; options are English surfaces of one text, with their scores."""
    start = sentence.find(key)
    place = (start, start + len(key))
    found = []
    for surface, score in options:
        first = ENGLISH.find(surface)
        find = Find(first, first + len(surface), "noun", np.zeros(len(EVIDENCE)))
        found.append(Option(find, surface, phrase_key(surface), score))
    return Mention(
        Candidate(key, _KINDS.get(pattern, ConceptKind.TERM), pattern, (), 1.0, 1.0, known=known),
        Segment("zh", 0, sentence, (0, len(sentence)), 0),
        place,
        place,
        0,
        found,
    )


_KINDS = {"verb": ConceptKind.PHRASE}
ENGLISH = "law-based governance of political life"
BOTH = [("law-based governance", 0.9)]
HALF = [("law-based governance", 0.6)]
SURE = [("law-based governance", 0.95)]


@pytest.mark.parametrize(
    ("whole", "part", "winner"),
    [
        # The whole is nearly as sure.
        (("全面依法治国", BOTH, "unit", True), ("依法治国", SURE, "idiom", True), "全面依法治国"),
        # Nobody knows the whole, and the part is known.
        (("数字经济规模", BOTH, "unit", False), ("数字经济", SURE, "unit", True), "数字经济"),
        (("数字经济", BOTH, "unit", True), ("数字", SURE, "word", False), "数字经济"),
        # The part is known, but not by these words, and the whole is surer.
        (("生活垃圾分类", SURE, "unit", False), ("垃圾分类", BOTH, "unit", True), "生活垃圾分类"),
        # Words side by side have to be far surer than a part that is one.
        (("燃气管道", BOTH, "run", False), ("燃气管", HALF, "word", False), "燃气管道"),
        (("推进燃气管", SURE, "run", False), ("燃气管", BOTH, "word", False), "燃气管"),
        # The writer marked the whole off.
        (("平急两用", HALF, "quoted", False), ("两用", BOTH, "word", False), "平急两用"),
        # Only a verb stands before the part.
        (("推进新型工业化", BOTH, "verb", True), ("新型工业化", SURE, "unit", True), "新型工业化"),
        # The writer marked the part off.
        (("坚定四个自信", BOTH, "unit", True), ("四个自信", SURE, "quoted", True), "四个自信"),
        # So he did, but the words rather render the whole.
        (
            ("中央八项规定", SURE, "known", True),
            ("八项规定", BOTH, "formula", True),
            "中央八项规定",
        ),
        # Words side by side that a glossary knows are a unit.
        (
            ("中华民族伟大复兴", SURE, "run", True),
            ("中华民族伟大", BOTH, "run", False),
            "中华民族伟大复兴",
        ),
        # One word is not likely to render two.
        (
            ("政治建设", [("political", 0.8)], "unit", False),
            ("政治", [("political", 0.93)], "word", False),
            "政治",
        ),
    ],
)
@pytest.mark.parametrize("later", [0, 1])
def test_the_words_go_to_the_whole_or_the_part(
    whole: tuple[str, list[tuple[str, float]], str, bool],
    part: tuple[str, list[tuple[str, float]], str, bool],
    winner: str,
    later: int,
) -> None:
    both = [
        mention(whole[0], key, options, pattern=pattern, known=known)
        for key, options, pattern, known in (whole, part)
    ]
    result = list(exclude(both[later:] + both[:later], share=False))
    assert [mention.key for mention, _, free in result if free] == [winner]
    assert {mention.key for mention, _, _ in result} == {whole[0], part[0]}
    shared = exclude(both, share=True)
    assert all(free for _, _, free in shared)


def test_a_runner_up_is_taken_before_anything_is_taken_away() -> None:
    part = mention("依法治国", "依法治国", SURE, pattern="idiom", known=True)
    options = [("law-based governance", 0.8), ("law-based governance of political life", 0.7)]
    whole = mention("全面依法治国", "全面依法治国", options, pattern="unit", known=True)
    part.stretch = (2, 6)
    result = {
        mention.key: option.surface for mention, option, _ in exclude([part, whole], share=False)
    }
    assert result == {
        "依法治国": "law-based governance",
        "全面依法治国": "law-based governance of political life",
    }
