"""Quotations on both sides, and what they do for a rendering."""

import pytest

from glossary.harvest.quotations import is_quoted, quoted_spans
from glossary.language.words import Word, english_words


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('the "stuck neck" problem', ["stuck neck"]),
        ("the “four consciousnesses,” and “two upholds”", ["four consciousnesses", "two upholds"]),
        ('an "unclosed mark', []),
        ('empty "" marks', []),
        ("no marks", []),
    ],
)
def test_what_stands_between_marks(text: str, quoted: list[str]) -> None:
    words = english_words(text)
    spans = [text[words[a].start : words[b - 1].end] for a, b in quoted_spans(words)]
    assert spans == quoted


@pytest.mark.parametrize(
    ("text", "stretch", "answer"),
    [
        ("解决“卡脖子”问题", "卡脖子", True),
        ("解决“卡脖子”问题", "卡脖子”问题", False),
        ('解决"卡脖子"问题', "卡脖子", True),
        ("解决卡脖子问题", "卡脖子", False),
    ],
)
def test_a_stretch_is_quoted_whole_or_not(text: str, stretch: str, answer: bool) -> None:
    start = text.index(stretch)
    characters = [Word(character, place, place + 1) for place, character in enumerate(text)]
    assert is_quoted(characters, start, start + len(stretch)) is answer
