"""What a Chinese writer puts in rows: members, clauses of one length, answers, characters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence, Set

from glossary.harvest.word_classes import word_class
from glossary.language.cedict import glosses
from glossary.language.frequency import is_listed
from glossary.language.script import HAN
from glossary.language.words import Word

__all__ = ["HAN_RUN", "NUMERAL", "Row", "rows"]

#: (pattern, start, end) of a candidate in its sentence.
Row = tuple[str, int, int]

#: Nothing but Chinese characters.
HAN_RUN = re.compile(f"[{HAN}]+")
#: The characters that count.
NUMERAL = "一二三四五六七八九十百千万两双"

# 唱响主旋律、弘扬正能量 are two formulas, longer members are half sentences.
_LONGEST_MEMBER = 6
# 获得感、幸福感、安全感: three and more short members.
_SERIES = re.compile(f"(?<![{HAN}、])[{HAN}]{{2,6}}(?:、[{HAN}]{{2,6}}){{2,}}(?![{HAN}、])")
# 敢于斗争、善于斗争: members of one length, joined by 、 or ，.
_CLAUSE = re.compile(f"(?<![{HAN}])([{HAN}]{{4,9}})(?![{HAN}])")
# 前瞻性思考、全局性谋划、整体性推进: three and more of one length, the first perhaps governed.
_PARALLEL = tuple(
    re.compile(f"[{HAN}]{{{size}}}(?:、[{HAN}]{{{size}}}){{2,}}(?![{HAN}、])")
    for size in range(3, 8)
)
# 大拆大建: the first and the third character are one.
_ECHO = re.compile(f"([{HAN}])(?!\\1)[{HAN}]\\1(?!\\1)[{HAN}]")
# What stands twice in any sentence: 一个一个, 有的有.
_UNTELLING = frozenset(f"{NUMERAL}零〇的了是在和与及有不要就也都这那我你他它们个为到上下中每越更")
# 重地上、轻地下; 数据多跑路、群众少跑腿: two of one length that share characters or contrast them.
_BALANCED = re.compile(f"(?<![{HAN}、])[{HAN}]+(?=([、，])([{HAN}]{{3,8}})(?![{HAN}、]))")
# How often they do: commas stand between any two clauses.
_ANSWERS = {"、": 1, "，": 2}
_CONTRASTS = frozenset(
    "重轻 多少 大小 内外 上下 前后 先后 有无 新旧 强弱 高低 长短 远近 进退 增减 左右 平急 软硬 破立"
    " 得失".split()
)
# Single characters of the sentence rather than of a row (政产学研用).
_NO_MEMBERS = frozenset(
    "的和与及了着过地得之其而并也都就又不或在是为以于把被将对从向由到这那等个要有让使"
)


def rows(text: str, words: Sequence[Word]) -> Iterator[Row]:
    """Yield the balanced stretches of a sentence.

    Args:
        text: the sentence, simplified.
        words: its words.
    """
    starts = {word.start for word in words}
    yield from _members(text, starts)
    yield from _echoes(text, words)
    yield from _balanced(text, starts)
    yield from _characters(words)


def _members(text: str, starts: Set[int]) -> Iterator[Row]:
    """Yield what stands in a row: short members, clauses of one length, and clauses of four."""
    spans = [match.span() for match in _SERIES.finditer(text)]
    clauses = list(_CLAUSE.finditer(text))
    spans += [match.span() for match in clauses if len(match.group()) == 4]
    for first, second in itertools.pairwise(clauses):
        between = text[first.end() : second.start()]
        if between in "、，" and len(first.group()) == len(second.group()):
            spans.append((first.start(), second.end()))
            if len(first.group()) <= _LONGEST_MEMBER:
                spans += [first.span(), second.span()]
    for pattern in _PARALLEL:
        spans += [match.span() for match in pattern.finditer(text) if match.start() in starts]
    for start, end in dict.fromkeys(spans):
        yield "clause", start, end


def _balanced(text: str, starts: Set[int]) -> Iterator[Row]:
    """Yield two clauses of one length that answer each other: an idiom if they hold a contrast."""
    for match in _BALANCED.finditer(text):
        mark, second = match.groups()
        start, end = match.end() - len(second), match.end(2)
        both = list(zip(text[start:], second, strict=False))
        contrasts = sum(
            one + other in _CONTRASTS or other + one in _CONTRASTS for one, other in both
        )
        shared = sum(one == other and one not in _UNTELLING for one, other in both)
        if start >= match.start() and start in starts and contrasts + shared >= _ANSWERS[mark]:
            yield "idiom" if contrasts else "clause", start, end


def _echoes(text: str, words: Sequence[Word]) -> Iterator[Row]:
    """Yield words of four characters of which two are one: 大拆大建."""
    for match in _ECHO.finditer(text):
        start, end = match.span()
        # The segmenter knows few of them (搞大, 拆大建), so only what is surely a word cuts one.
        cut = any(
            len(word.text) == 2
            and is_listed(word.text, "zh")
            and (word.start < start < word.end or word.start < end < word.end)
            for word in words
        )
        halved = any((word.start, word.end) == (start + 1, end - 1) for word in words)
        apart = any(word.start == start or word.end == end for word in words)
        if apart and not (cut or halved or _UNTELLING & set(match.group())):
            yield "idiom", start, end


def _characters(words: Sequence[Word]) -> Iterator[Row]:
    """Yield single characters in a row that the segmenter cuts apart: 政|产学研|用."""
    for number, word in enumerate(words):
        if not _is_character_row(word.text):
            continue
        first = number - (number > 0 and _is_member(words[number - 1].text))
        last = number + (number + 1 < len(words) and _is_member(words[number + 1].text))
        if first < last:
            yield "unit", words[first].start, words[last].end


def _is_character_row(text: str) -> bool:
    """Whether a word is no word to the dictionary, nor are two neighbours in it: 产学研."""
    if len(text) < 3 or not HAN_RUN.fullmatch(text) or glosses(text):
        return False
    return not any(glosses(pair) for pair in map("".join, itertools.pairwise(text)))


def _is_member(text: str) -> bool:
    """Whether a single character may be a member of a row; its tag does not tell (用)."""
    closed = text in _NO_MEMBERS or text in word_class("function")
    return len(text) == 1 and HAN_RUN.fullmatch(text) is not None and not closed
