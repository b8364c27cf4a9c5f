"""Language codes: BCP 47 form, the tags used inside tifa, and the tags of exchange files.

``zh_CN``, ``ZH-CN``, ``zh-Hans`` and ``chi`` are the same language to a person but not to a CAT
tool: most compare codes exactly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = [
    "EXCHANGE_TAGS",
    "exchange_tag",
    "guess_language",
    "internal_tag",
    "is_wellformed",
    "normalise",
]

#: Tags that exchange files carry unless the caller says otherwise: accepted by all tools measured
#: (OmegaT, Weblate, Lokalize, translate-toolkit, Okapi); ``zh-Hans`` is refused by Lokalize, and
#: base codes miss in tools that compare exactly.
EXCHANGE_TAGS: Mapping[str, str] = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-US"}

# ISO 639-2 codes and Microsoft's old script codes that files really have.
_LEGACY = {
    "chi": "zh",
    "zho": "zh",
    "cmn": "zh",
    "eng": "en",
    "zh-chs": "zh-Hans",
    "zh-cht": "zh-Hant",
}
_TRADITIONAL_REGIONS = {"TW", "HK", "MO"}
# Syntax of a language tag in XML Schema's xs:language (RFC 3066), which OmegaT 6.1 applies.
_WELLFORMED = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def is_wellformed(tag: str) -> bool:
    """Return whether ``tag`` has the form of a language tag (``xs:language``)."""
    return _WELLFORMED.fullmatch(tag) is not None


def normalise(tag: str) -> str:
    """Return ``tag`` in the form that BCP 47 recommends: ``ZH_cn`` becomes ``zh-CN``.

    Case follows RFC 5646, 2.1.1; underscores become hyphens; ISO 639-2 codes of Chinese and
    English and the old ``zh-CHS`` / ``zh-CHT`` become their BCP 47 equivalents. A tag that is not
    well formed is returned as it is.
    """
    parts = tag.strip().replace("_", "-").lower()
    parts = _LEGACY.get(parts, parts)
    if not is_wellformed(parts):
        return tag
    subtags = parts.split("-")
    subtags[0] = _LEGACY.get(subtags[0], subtags[0])
    for index in range(1, len(subtags)):
        if len(subtags[index - 1]) == 1:
            break
        if len(subtags[index]) == 2:
            subtags[index] = subtags[index].upper()
        elif len(subtags[index]) == 4:
            subtags[index] = subtags[index].title()
    return "-".join(subtags)


def internal_tag(tag: str) -> str:
    """Return the tag tifa uses inside: ``zh-Hans``, ``zh-Hant``, ``en``, others normalised.

    Chinese without a script is traditional in Taiwan, Hong Kong and Macao, else simplified.
    """
    subtags = normalise(tag).split("-")
    if subtags[0] == "zh":
        if "Hant" in subtags:
            return "zh-Hant"
        traditional = "Hans" not in subtags and not _TRADITIONAL_REGIONS.isdisjoint(subtags)
        return "zh-Hant" if traditional else "zh-Hans"
    return "en" if subtags[0] == "en" else "-".join(subtags)


def exchange_tag(tag: str, languages: Mapping[str, str] | None = None) -> str:
    """Return the tag that an exchange file carries for a tag used inside.

    Args:
        tag: such as ``zh-Hans``.
        languages: replaces entries of :data:`EXCHANGE_TAGS`; tags in neither stay as they are.
    """
    if languages and tag in languages:
        return languages[tag]
    return EXCHANGE_TAGS.get(tag, tag)


def guess_language(text: str) -> str:
    """Return ``zh-Hans`` if ``text`` has a Chinese character, else ``en``.

    For formats that do not say in which language a column is.
    """
    return "zh-Hans" if _HAN.search(text) else "en"
