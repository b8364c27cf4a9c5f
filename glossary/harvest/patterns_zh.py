"""Where Chinese term candidates stand in a sentence, and by what pattern they are seen.

The marks a writer sets are taken at their word: title marks, quotation marks, numeral formulas,
series. The rest are noun phrases by the segmenter's tags, which are wrong often enough that words
of three and more characters count as nouns whatever their tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from glossary.harvest.introductions import introduced_short_forms
from glossary.harvest.register import register_count
from glossary.harvest.rows_zh import HAN_RUN, NUMERAL, rows
from glossary.harvest.word_classes import word_class
from glossary.language.frequency import is_listed
from glossary.language.script import HAN
from glossary.language.words import Word

__all__ = ["FORMS", "MARKED", "PATTERNS", "Form", "Stretch", "chinese_form", "stretches"]

#: From the most telling to the least; a candidate seen by several keeps the first.
PATTERNS = (
    "titled",
    "quoted",
    "formula",
    "name",
    "idiom",
    "unit",
    "word",
    "verb",
    "clause",
    "run",
)
#: Those of what a writer marked off as a unit.
MARKED = frozenset({"titled", "quoted", "formula"})

#: What a stretch is by its form: a verb has its object with it, a clause is any other predicate.
Form = Literal["noun", "verb", "clause"]
FORMS: tuple[Form, ...] = ("noun", "verb", "clause")

#: (pattern, start, end, words) of a candidate in its sentence.
Stretch = tuple[str, int, int, tuple[Word, ...]]

_HEADS = ("n", "vn", "an", "j", "l", "i", "s", "eng")
_MODIFIERS = (*_HEADS, "a", "b", "v", "t", "f", "h", "k", "d", "m", "q")
_MAX_WORDS = 7
_MAX_CHARACTERS = 18
_JOINING = frozenset("的和与及")
# A verb that ends so has its object behind it, and before it a subject: 父母付给抚养费.
_GOVERNING_ENDINGS = "给到为于"

_TITLED = re.compile(r"《([^《》\n]{2,40})》")
_QUOTED = re.compile(rf"[“「『‘]([{HAN}A-Za-z0-9+·，、—－-]{{2,24}})[”」』’]")
_FORMULA = re.compile(f"[{NUMERAL}]+[个大种位项条级步手张座轮]?")
# Counting phrases that are no formulas: 一个, 一项, 百分之.
_COUNTING = re.compile("一[个种位项条级步大手张座轮]?|[百千万十]+|百分之.*")
# 二十大, 党的十八大, 十八届三中全会, 第二十次全国代表大会.
_MEETING = re.compile(
    f"(?:党的|中共)?[{NUMERAL}]{{1,3}}(?:大(?:报告|精神)?(?![{HAN}]会)|届[{NUMERAL}]中全会)"
)
# 以人民为中心(的发展思想), 以经济建设为中心.
_ORIENTED = re.compile(f"以([{HAN}]{{1,8}})为(?:中心|主体|核心|本|主|要|重点|主线|纲|首|先)")
# 两个, 三年, 第二次: counted, no modifiers.
_COUNTED = re.compile(f"[{NUMERAL}几多][个种位项次名份年月日点些元届章条]$")
# SWIFT, 5G, LPR, COVID-19: two capitals, or a letter and a figure.
_LATIN_NAME = re.compile(r"(?=[^A-Z]*[A-Z][^A-Z]*[A-Z]|.*[A-Za-z].*\d|.*\d.*[A-Za-z]).{2,12}")


def chinese_form(words: Sequence[Word]) -> Form:
    """Return the form of a stretch by its words with their tags; a noun's if they are not known.

    Four characters that begin with a verb may be a compound (发展战略) or a phrase (弘扬文化): a
    verb that governs, and no noun phrase, decides.
    """
    if not words:
        return "noun"
    first, last = words[0], words[-1]
    text = "".join(word.text for word in words)
    if len(words) == 1:
        return "clause" if len(text) >= 4 and first.tag[:1] in "ivad" else "noun"
    if "的" in text and first.tag[:1] not in "vd" and last.tag.startswith("n"):
        return "noun"
    object_follows = last.tag[:1] in "njli" or last.tag in {"vn", "an", "eng"}
    if _governs(first, text, object_follows=object_follows):
        return "verb"
    verbal = first.tag in {"v", "vd", "d", "ad"} and not (len(text) == 4 and register_count(text))
    if verbal and (object_follows or first.tag == "v"):
        return "verb"
    inside = any(word.tag in {"v", "d", "p"} for word in words[1:-1])
    return "clause" if verbal or inside or last.tag in {"v", "a", "ad", "d"} else "noun"


def _governs(first: Word, text: str, *, object_follows: bool) -> bool:
    if first.text in word_class("governing") or (len(first.text) == 1 and first.tag == "v"):
        return True
    return first.text in word_class("nominal-verb") and len(text) > 4 and object_follows


def stretches(text: str, words: Sequence[Word]) -> Iterator[Stretch]:
    """Yield the candidate stretches of a sentence.

    Args:
        text: the sentence, simplified.
        words: its words with part-of-speech tags.
    """
    yield from _marked(text, words)
    yield from _formulas(words)
    yield from _phrases(text, words)
    for pattern, start, end in rows(text, words):
        yield pattern, start, end, _within(words, start, end)
    for first in range(len(words)):
        for last in range(first, min(first + _MAX_WORDS, len(words))):
            run = tuple(words[first : last + 1])
            if not _may_stand(run[-1], alone=first == last):
                break
            if run[-1].end - run[0].start > _MAX_CHARACTERS:
                break
            pattern = _single(run[0]) if len(run) == 1 else _compound(run) or _run(run)
            if pattern:
                yield pattern, run[0].start, run[-1].end, run


def _marked(text: str, words: Sequence[Word]) -> Iterator[Stretch]:
    """Yield what stands in title marks, in quotation marks and, as a short form, in brackets."""
    for match in _TITLED.finditer(text):
        yield "titled", match.start(), match.end(), ()
    for start, end in introduced_short_forms(text):
        yield "quoted", start, end, _within(words, start, end)
    for match in _QUOTED.finditer(text):
        inside = tuple(w for w in words if w.start >= match.start(1) and w.end <= match.end(1))
        if len(match.group(1)) <= 12 or not re.search("[，、]", match.group(1)):
            yield "quoted", match.start(1), match.end(1), inside
        # “三个代表”重要思想: what follows the mark and belongs to it.
        stop, taken = match.end(), list[Word]()
        for word in [word for word in words if word.start >= match.end()][:3]:
            if word.start != stop or not _modifies(word) or word.text in word_class("governing"):
                break
            stop = word.end
            taken.append(word)
            if word.tag.startswith(_HEADS) and not _is_light(word.text):
                yield "quoted", match.start(), stop, (*inside, *taken)


def _formulas(words: Sequence[Word]) -> Iterator[Stretch]:
    """Yield numeral formulas: 两个确立, 四个意识, 五位一体, 双循环."""
    for number, word in enumerate(words):
        if not _FORMULA.fullmatch(word.text) or _COUNTING.fullmatch(word.text):
            continue
        for size in (1, 2):
            body = tuple(words[number + 1 : number + 1 + size])
            if len(body) < size or not all(HAN_RUN.fullmatch(item.text) for item in body):
                break
            if any(
                item.tag[:1] in "upcrydwmtq" or item.text in word_class("light") for item in body
            ):
                break
            if 2 <= sum(len(item.text) for item in body) <= 4:
                yield "formula", word.start, body[-1].end, (word, *body)


def _phrases(text: str, words: Sequence[Word]) -> Iterator[Stretch]:
    """Yield meetings and orientations (以…为…)."""
    for match in _MEETING.finditer(text):
        if match.end() - match.start() >= 3:
            yield "name", match.start(), match.end(), ()
    for match in _ORIENTED.finditer(text):
        yield "clause", match.start(), match.end(), _within(words, match.start(), match.end())
        rest = [word for word in words if word.start >= match.end()][:4]
        if rest and rest[0].text == "的" and rest[0].start == match.end():
            for word in rest[1:]:
                if not _modifies(word):
                    break
                if word.tag.startswith(_HEADS) and not _is_light(word.text):
                    yield "unit", match.start(), word.end, _within(words, match.start(), word.end)


def _within(words: Sequence[Word], start: int, end: int) -> tuple[Word, ...]:
    return tuple(word for word in words if word.start >= start and word.end <= end)


def _modifies(word: Word) -> bool:
    return word.tag.startswith(_MODIFIERS)


def _is_light(text: str) -> bool:
    return text in word_class("light") and text not in word_class("light-head")


def _only_governs(word: Word) -> bool:
    """Whether a word at the end governs what follows there: 自然资源厅抓紧(制定)."""
    return word.text in word_class("governing") and word.tag not in {"n", "vn"}


def _may_stand(word: Word, *, alone: bool) -> bool:
    """Whether a word may stand inside a candidate at all."""
    if word.tag == "eng":
        return True
    if word.tag == "x" or not HAN_RUN.fullmatch(word.text):
        return False
    if alone:
        opens = word.tag[:1] not in "ueyopcr" or word.text in word_class("kept-adverb")
        return opens or (len(word.text) > 1 and _is_content(word))
    return word.text in _JOINING or _modifies(word) or len(word.text) >= 3 or _is_content(word)


def _is_content(word: Word) -> bool:
    """Whether a word has a meaning of its own, whatever its tag: 多边 and 周期 are no adverbs."""
    text = word.text
    if len(text) == 1:
        return text in word_class("suffix") or word.tag[:1] == "n" or text in "未非再超"
    if text in word_class("function") or text in word_class("light"):
        return text in word_class("light-head") or text in word_class("light-start")
    return not _COUNTED.search(text)


def _single(word: Word) -> str:
    """Name the pattern of one word, or return the empty string if it is no candidate."""
    text = word.text
    if len(text) < 2 or text in word_class("light") or text in word_class("governing"):
        return ""
    if word.tag[:1] in "mtrqdcpuyeofx" and word.tag != "eng":
        return ""
    if (len(text) == 4 and word.tag != "eng") or word.tag in {"i", "l"}:
        # 在实践中, 毫不动摇: tagged as idioms, but of the sentence rather than of the language.
        fragment = text[0] in "在从对把离不毫被一" or text[-1] in "中上下开里来去进起间"
        return "clause" if fragment or word.tag[:1] in "va" else "idiom"
    if word.tag in {"nt", "ns"} and is_listed(text, "zh"):
        return "name"
    if word.tag == "eng":
        named = _LATIN_NAME.fullmatch(text) is not None
    else:
        named = word.tag.startswith(_HEADS) or len(text) >= 3 or register_count(text) > 0
    return "word" if named else ""


def _compound(run: tuple[Word, ...]) -> str:
    """Name the pattern of several words, or return the empty string if they are no candidate."""
    first, last = run[0], run[-1]
    text = "".join(word.text for word in run)
    listed = register_count(text) > 0
    joins = [word.text for word in run if word.text in _JOINING]
    organ = text.endswith(tuple(word_class("organisation")))
    fits = (
        first.text not in _JOINING
        and last.text not in _JOINING
        and len(joins) <= 1
        and _edges_fit(first, last, listed=listed)
        and (listed or _inside_fits(run))
        and ("的" not in joins or listed or _adnominal(run))
        and ("的" in joins or not joins or listed or organ or len(text) <= 14)
    )
    if not fits:
        return ""
    if first.text in word_class("governing"):
        return "verb"
    if first.tag.startswith("v") and (
        first.text in word_class("nominal-verb") or first.tag != "vn"
    ):
        # 发展战略 is a term, 发展经济 a phrase: the register's four-character units are mostly the
        # former, its longer ones the latter.
        compound = first.text not in word_class("nominal-verb") or len(text) == 4
        return "unit" if listed and compound and last.tag.startswith("n") else "verb"
    if first.tag in {"d", "ad"} and first.text not in word_class("kept-adverb"):
        return "verb" if listed else ""
    if organ or all(word.tag in {"ns", "nt", "nz"} for word in run):
        return "name"
    return "unit"


def _run(run: tuple[Word, ...]) -> str:
    """Name the pattern of words that only a rendering can show to be one unit."""
    first, last = run[0], run[-1]
    # 我国网信事业: the pronoun is the sentence's.
    whole = len(first.text) > 1 and first.tag[0] != "r"
    opens = whole or first.text in word_class("kept-adverb") or first.tag[0] in "nab"
    closes = len(last.text) > 1 or last.text in word_class("suffix") or last.tag[0] == "n"
    fits = (
        opens
        and closes
        and first.text not in _JOINING
        and first.text not in word_class("governing")
        and last.text not in _JOINING
        and last.tag[0] != "d"
        and not (_is_light(last.text) or _only_governs(last))
        and sum(word.text in _JOINING for word in run) <= 1
        and all(word.text in _JOINING or _has_sense(word) for word in run)
    )
    return "run" if fits else ""


def _has_sense(word: Word) -> bool:
    named = word.tag[0] in "nabv" and word.text not in word_class("light")
    return named or word.tag == "eng" or _is_content(word)


def _edges_fit(first: Word, last: Word, *, listed: bool) -> bool:
    if first.text in word_class("governing") and not listed:
        return False
    if first.text in word_class("light") and first.text not in word_class("light-start"):
        return False
    if _is_light(last.text) or _only_governs(last):
        return False
    if last.tag[:1] in "dmqftpcrzuy" or last.tag in {"a", "ad", "ag"}:
        return False
    if last.tag == "i" or (last.tag in {"v", "vg"} and len(last.text) != 2):
        return False
    return last.tag.startswith(_HEADS) or last.tag[:1] in "vb" or len(last.text) >= 3


def _inside_fits(run: tuple[Word, ...]) -> bool:
    for position, word in enumerate(run):
        if word.text in _JOINING or word.text in word_class("kept-adverb"):
            continue
        if word.tag == "eng":
            continue
        if word.tag[:1] in "rpcuyeo":
            return False
        if position < len(run) - 1 and word.tag[:1] in "mqtfd":
            return False
        governs = (
            word.text in word_class("governing")
            or len(word.text) > 2
            or word.text[-1] in _GOVERNING_ENDINGS
        )
        if position and governs and word.tag.startswith("v") and word.tag != "vn":
            return False
    return True


def _adnominal(run: tuple[Word, ...]) -> bool:
    """Whether 的 joins a term without the register's witness: 党的建设."""
    return run[1].text == "的" and len(run[0].text) == 1 and run[0].tag.startswith("n")
