"""Tokens are the words, without their offsets."""

import pytest

from glossary.language.words import (
    chinese_tokens,
    chinese_words,
    english_tokens,
    english_words,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("China’s GDP grew 5.2%.", ["China’s", "GDP", "grew", "5.2%", "."]),
        ("1,000 well-off homes", ["1,000", "well", "-", "off", "homes"]),
        ("", []),
    ],
)
def test_english_tokens(text: str, tokens: list[str]) -> None:
    assert english_tokens(text) == tokens
    assert english_tokens(text) == [word.text for word in english_words(text)]


@pytest.mark.parametrize("text", ["", "坚持改革开放。", "GDP增长5.2%，总量达126万亿元"])
def test_chinese_tokens(text: str) -> None:
    assert chinese_tokens(text) == [word.text for word in chinese_words(text)]
    assert "".join(chinese_tokens(text)) == text
