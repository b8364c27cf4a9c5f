"""Chinese terms of one concept: a full form and what abbreviates it, joined where a text proves it.

A likely shape is not enough (人大 abbreviates 人民代表大会 as well as 人民大学), nor is a common
rendering (伟大事业 and 伟大工程 are both "great project"): it takes both, or the shape and a place
that says so (“…（金管局）”), or the shape and the same neighbours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.introductions import SAYING
from glossary.harvest.merging import merge_group
from glossary.harvest.variants import cluster_texts
from glossary.language.frequency import zipf
from glossary.language.script import to_simplified
from glossary.language.words import Word, chinese_subwords, chinese_words
from glossary.model import Concept, Source, TermType, is_chinese

__all__ = [
    "PROOFS",
    "find_full_forms",
    "is_short_for",
    "join_forms",
    "merge_forms",
    "proof",
    "shortens",
]

# What goes without saying before a term, and before the name of an organ or a law only: 党的二十大;
# 中国人民银行, 香港银行公会, but not 香港货币市场.
_PREFIXES = ("中国共产党", "我们党的", "党的", "中共")
_NAME_PREFIXES = ("中国", "我国", "香港")
_NAME_ENDINGS = (*"会局部院团军党社行盟署处室队校厅司台所办委法", "条例")
_LEAST_BEHIND_PREFIX = 3
# From this frequency on a word means anything of its kind: 委员会 is not always 党的委员会.
_COMMON = 5.0
# A short form has at most so many characters: 港珠澳大桥 has 5, 同业结算公司 6.
_LONGEST_SHORT = 8
# 党小组 is no full form of 党组, nor 青少年 of 青年.
_LEAST_LEFT_OUT = 2
_DEFINED = rf"{{}}[（(]{SAYING}{{}}[）)]"
# What an abbreviation leaves out before and behind the words that it is made of.
_BEFORE = re.compile(
    "(?:中国共产党|中华全国|中国人民|中国国际|中国|中共|中央|国家|国务院|全国|联合国|香港|我国|党的)*"
)
_BEHIND = re.compile("(?:的|计划|制度|会议|组织|条例)?")
_JOINING = re.compile("[和及与或、]")
# An abbreviation in Latin letters, and what stands before one that is introduced in brackets.
_LATIN = re.compile("[A-Za-z][A-Za-z0-9-]+")
_OPENED = re.compile(f'(.+)[（(]{SAYING}[“"]?$')
_LONGEST_FULL = 30
# Neighbours that two forms have to share where they share no rendering.
_NEIGHBOURS = 3

#: What joins two forms, the surest first.
PROOFS = ("definition", "rendering", "context")


def shortens(short: str, full: str) -> bool:
    """Return whether one Chinese term looks like a shorter form of another, in normal forms.

    党的二十大 does of 中国共产党第二十次全国代表大会, and so does 二十大 of both.
    """
    whole = len(short) >= _LEAST_BEHIND_PREFIX and zipf(short, "zh") < _COMMON
    if whole and _bare(full) == short != full:
        return full.startswith(_PREFIXES) or full.endswith(_NAME_ENDINGS)
    return is_short_for(short, full) or is_short_for(_bare(short), full)


def _bare(text: str) -> str:
    """Return a term without what goes without saying before it."""
    prefixes = (*_PREFIXES, *_NAME_PREFIXES)
    prefix = next((prefix for prefix in prefixes if text.startswith(prefix)), "")
    bare = text.removeprefix(prefix)
    return bare if len(bare) >= _LEAST_BEHIND_PREFIX else text


def is_short_for(short: str, full: str) -> bool:
    """Return whether a Chinese term looks like an abbreviation of another, in normal forms.

    Its characters stand in the other in their order, each at the edge of a word, and at least one
    stands for a whole word: 金管局 in 香港金融管理局. A part of a term is none (管理局), nor is one
    whose words are all whole (建设强国 in 建设网络强国).
    """
    if not 2 <= len(short) <= min(_LONGEST_SHORT, len(full) - _LEAST_LEFT_OUT) or short in full:
        return False
    if not set(short) <= set(full):
        return False
    subwords = chinese_subwords(full)
    edges = {edge for start, end in subwords for edge in (start, end - 1)}
    # Of two things joined by "and" it abbreviates both or the first.
    first = _JOINING.search(full)
    begins = {edge for edge in edges if first is None or edge < first.start()}
    places = [
        [n for n in sorted(edges if number else begins) if full[n] == character]
        for number, character in enumerate(short)
    ]
    words = chinese_words(full)
    starts = {start for start, _ in subwords}
    return any(
        _has_lone_place(some)
        # It has the first character of a word, unless the whole is a word: 央行, of 中央银行.
        and (len(words) == 1 or not starts.isdisjoint(some))
        and _spans(some, full, words)
        for some in _ascending(places, -1)
    )


def _ascending(places: Sequence[Sequence[int]], last: int) -> Iterator[tuple[int, ...]]:
    """Yield each choice of one place a character, in ascending order."""
    if not places:
        yield ()
        return
    for place in places[0]:
        if place > last:
            for rest in _ascending(places[1:], place):
                yield (place, *rest)


def _spans(places: Sequence[int], full: str, words: Sequence[Word]) -> bool:
    """Return whether what an abbreviation leaves out before and behind it goes without saying.

    Else a term that a longer one only holds would do: 美国联邦储备局放缓加息 is not 美联储.
    """
    before = max(word.start for word in words if word.start <= places[0])
    behind = min(word.end for word in words if word.end > places[-1])
    return bool(_BEFORE.fullmatch(full[:before]) and _BEHIND.fullmatch(full[behind:]))


def _has_lone_place(places: Sequence[int]) -> bool:
    taken = set(places)
    return any(n - 1 not in taken and n + 1 not in taken for n in places)


def find_full_forms(heads: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of a term and of a longer one of which it may be a shorter form.

    Args:
        heads: terms in normal forms.
    """
    with_character: dict[str, set[int]] = defaultdict(set)
    with_bare: dict[str, list[int]] = defaultdict(list)
    for number, head in enumerate(heads):
        with_bare[_bare(head)].append(number)
        for character in set(head):
            with_character[character].add(number)
    for number, head in enumerate(heads):
        some: Iterable[int] = ()
        # A prefix may not stand in the full form, the rest has to.
        bare = _bare(head)
        if head and len(bare) <= _LONGEST_SHORT:
            some = set.intersection(*(with_character.get(character, set()) for character in bare))
        for other in sorted({*some, *with_bare.get(head, ())}):
            if len(heads[other]) > len(head) and shortens(head, heads[other]):
                yield number, other


def proof(short: Concept, full: Concept) -> str:
    """Return what proves that one concept's term is a shorter form of another's of that shape.

    One of ``PROOFS``, or an empty string: a text introduces one in brackets behind the other; what
    is preferred for one is a form of what renders the other; they share neighbours.
    """
    if _is_defined(short, full):
        return "definition"
    if _share_rendering(short, full):
        return "rendering"
    return "context" if len(_neighbours(short) & _neighbours(full)) >= _NEIGHBOURS else ""


def join_forms(concepts: Sequence[Concept], sources: Sequence[Source]) -> list[Concept]:
    """Return the concepts of a text, those of shorter and full forms joined, best first.

    Args:
        concepts: of one text.
        sources: those that the terms' attestations name.
    """
    heads = [concept.head for concept in concepts]
    joined = [
        merge_forms([concepts[n] for n in group], sources)
        for group in group_forms(heads, concepts.__getitem__)
    ]
    return sorted(joined, key=lambda c: (-(c.score.value if c.score else 0.0), c.head))


def group_forms(
    heads: Sequence[str], concept: Callable[[int], Concept]
) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of the concepts that are one, each group with its full form first.

    Of several full forms that are proven, a term goes to the best proven, then the longest one.

    Args:
        heads: of the concepts.
        concept: returns that of a number; asked for those whose heads look like forms of one.
    """
    keys = [normal_form(head) for head in heads]
    proven: dict[int, tuple[int, int, int]] = {}
    for short, full in find_full_forms(keys):
        if kind := proof(concept(short), concept(full)):
            claim = (PROOFS.index(kind), -len(keys[full]), full)
            proven[short] = min(claim, proven.get(short, claim))
    numbers = {key: number for number, key in enumerate(keys)}
    for short, key in enumerate(keys):
        if _LATIN.fullmatch(key):
            defined = _stands_for(concept(short), numbers)
            if defined is not None:
                proven[short] = (PROOFS.index("definition"), -len(keys[defined]), defined)
    groups: dict[int, list[int]] = {}
    # What is short for nothing heads its group, whatever its length: a Latin name may be longer
    # than the Chinese one.
    for number in sorted(range(len(keys)), key=lambda n: (n in proven, -len(keys[n]), n)):
        root, seen = number, {number}
        while root in proven and proven[root][2] not in seen:
            root = proven[root][2]
            seen.add(root)
        groups.setdefault(root, []).append(number)
    yield from map(tuple, groups.values())


def _stands_for(latin: Concept, numbers: Mapping[str, int]) -> int | None:
    """Return the number of the term behind which brackets introduce a Latin abbreviation.

    金融稳定理事会（FSB）; the longest such term of ``numbers``, which are by normal form.
    """
    for found in (found for term in latin.chinese() for found in term.attestations):
        before = _OPENED.search(to_simplified(found.context[: found.span[0]]))
        if before is None:
            continue
        outside = normal_form(before[1])
        for start in range(max(0, len(outside) - _LONGEST_FULL), len(outside) - 1):
            if outside[start:] in numbers:
                return numbers[outside[start:]]
    return None


def merge_forms(group: Sequence[Concept], sources: Sequence[Source]) -> Concept:
    """Return one concept of a full form and its shorter forms, the full form first."""
    full, *others = group
    if not others:
        return full
    marked = [
        replace(
            concept,
            id=full.id,
            terms=tuple(
                replace(term, term_type=_type(term.text, full.head))
                if is_chinese(term.language)
                else term
                for term in concept.terms
            ),
        )
        for concept in others
    ]
    return merge_group([full, *marked], sources)


def _type(short: str, full: str) -> TermType:
    short, full = normal_form(short), normal_form(full)
    abbreviated = (
        is_short_for(short, full)
        or is_short_for(_bare(short), full)
        or _LATIN.fullmatch(short) is not None
    )
    return TermType.ABBREVIATION if abbreviated else TermType.VARIANT


def _is_defined(short: Concept, full: Concept) -> bool:
    one, other = re.escape(normal_form(short.head)), re.escape(normal_form(full.head))
    pattern = re.compile(f"{_DEFINED.format(one, other)}|{_DEFINED.format(other, one)}")
    return any(
        pattern.search(normal_form(found.context))
        for term in full.chinese()
        for found in term.attestations
    )


def _share_rendering(short: Concept, full: Concept) -> bool:
    shorts, fulls = short.renderings(), full.renderings()
    if not shorts or not fulls:
        return False
    together = [*shorts, *fulls]
    cluster_of = {
        number: label
        for label, some in enumerate(cluster_texts([term.text for term in together], closely=True))
        for number in some
    }
    first, others = cluster_of[0], {cluster_of[n] for n in range(len(shorts))}
    return cluster_of[len(shorts)] in others or first in {
        cluster_of[n] for n in range(len(shorts), len(together))
    }


def _neighbours(concept: Concept) -> set[tuple[str, str]]:
    """Return the words of meaning right before and right after a concept's Chinese term."""
    found: set[tuple[str, str]] = set()
    for term in concept.chinese():
        for attestation in term.attestations:
            context = to_simplified(attestation.context)
            start, end = attestation.span
            before, after = chinese_words(context[:start]), chinese_words(context[end:])
            for side, words in (("before", before[-1:]), ("after", after[:1])):
                found |= {(side, word.text) for word in words if _tells(word.text)}
    return found


def _tells(word: str) -> bool:
    return len(word) > 1 and word.isalpha()
