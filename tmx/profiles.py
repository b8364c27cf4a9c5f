"""What each CAT tool wants: language codes, the format to give it, and how to write it.

Sources: OmegaT 3.6, Weblate 5.14, Lokalize 22.12 and translate-toolkit 3.20 as measured by driving
them; the others' manuals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from glossary.errors import UsageError
from tmx.interface import ValueKind
from tmx.languages import EXCHANGE_TAGS

__all__ = ["PROFILES", "Profile", "profile"]


@dataclass(frozen=True, slots=True)
class Profile:
    """How a tool wants its files.

    Attributes:
        tool: its name, for people.
        languages: exchange code of each language used inside tifa.
        glossary: the codec for glossaries.
        note: what is peculiar, for people.
    """

    tool: str
    glossary: str = "tbx2"
    languages: Mapping[str, str] = field(default_factory=lambda: dict(EXCHANGE_TAGS))
    note: str = ""

    def options(self, kind: ValueKind, codec: str) -> dict[str, Any]:
        """Return the options for the dump of a codec; languages are not among them."""
        if kind is ValueKind.MEMORY:
            return {"source_first": True}
        return {"valid_only": True} if codec == "tbx2" else {}


_BASE = {"zh-Hans": "zh", "zh-Hant": "zh", "en": "en"}

PROFILES = {
    "omegat": Profile("OmegaT", "omegat", note="6.1 refuses zh_CN and files that are not valid"),
    "weblate": Profile("Weblate", note="refuses a missing or *all* source language"),
    "lokalize": Profile(
        "Lokalize", note="takes zh-CN and zh, not zh-Hans; its TMX import is broken"
    ),
    "translate-toolkit": Profile("translate-toolkit"),
    "trados": Profile("Trados Studio, MultiTerm", note="segments of at most 2,000 characters"),
    "memoq": Profile("memoQ"),
    "phrase": Profile("Phrase TMS", note="one target a language and unit; at most 1 GB"),
    "wordfast": Profile(
        "Wordfast",
        languages={"zh-Hans": "ZH-CN", "zh-Hant": "ZH-TW", "en": "EN-US"},
        note="codes of at most five characters, in capitals",
    ),
    "okapi": Profile("Okapi", note="compares codes exactly"),
    "microsoft": Profile(
        "Microsoft Translator",
        languages={"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"},
    ),
    "modernmt": Profile("ModernMT", languages={"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}),
    "aws": Profile("Amazon Translate", languages=_BASE | {"zh-Hant": "zh-TW"}),
}


def profile(name: str) -> Profile:
    """Return the profile of a tool.

    Raises:
        UsageError: there is none; the message lists those there are.
    """
    try:
        return PROFILES[name.lower()]
    except KeyError:
        known = ", ".join(PROFILES)
        raise UsageError(f"no profile for the tool {name!r}", cure=f"known are {known}") from None
