"""What each CAT tool and each service wants: language codes, the format to give it, and how.

Sources: OmegaT 3.6, Weblate 5.14, Lokalize 22.12 and translate-toolkit 3.20 as measured by driving
them; the others' manuals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from glossary.errors import UsageError
from tmx.interface import ValueKind
from tmx.languages import EXCHANGE_TAGS
from tmx.registry import codec

__all__ = ["PROFILES", "Profile", "profile"]


@dataclass(frozen=True, slots=True)
class Profile:
    """How a tool wants its files.

    Attributes:
        tool: its name, for people.
        glossaries: the codecs for glossaries that it takes, the best first.
        languages: exchange code of each language used inside tifa.
        note: what is peculiar, for people.
    """

    tool: str
    glossaries: tuple[str, ...] = ("tbx2",)
    languages: Mapping[str, str] = field(default_factory=lambda: dict(EXCHANGE_TAGS))
    note: str = ""

    def glossary_for(self, path: Path) -> str:
        """Return the codec for a glossary of that file name: the one it asks for, else the best.

        Raises:
            UsageError: the tool takes no format of that ending.
        """
        name = path.name.lower()
        # A whole ending goes before its last part: .deepl.tsv before .tsv.
        ranked = [
            (name.endswith(ending), len(ending), -number, known)
            for number, known in enumerate(self.glossaries)
            for ending in codec(known).CODEC.extensions
            if name.endswith("." + ending.rpartition(".")[2])
        ]
        if not ranked:
            endings = (codec(known).CODEC.extensions[0] for known in self.glossaries)
            raise UsageError(
                f"{path.name}: {self.tool} takes {' or '.join(self.glossaries)}",
                cure=f"end the name as in {', '.join(endings)}",
            )
        return max(ranked)[-1]

    def options(self, kind: ValueKind, codec: str) -> dict[str, Any]:
        """Return the options for the dump of a codec; languages are not among them."""
        if kind is ValueKind.MEMORY:
            return {"source_first": True}
        return {"valid_only": True} if codec in {"tbx2", "multiterm"} else {}


_BASE = {"zh-Hans": "zh", "zh-Hant": "zh", "en": "en"}

PROFILES = {
    "omegat": Profile(
        "OmegaT", ("omegat", "tbx2"), note="6.1 refuses zh_CN and files that are not valid"
    ),
    "weblate": Profile(
        "Weblate", ("tbx2", "po"), note="refuses a missing or *all* source language"
    ),
    "lokalize": Profile(
        "Lokalize", note="takes zh-CN and zh, not zh-Hans; its TMX import is broken"
    ),
    "translate-toolkit": Profile("translate-toolkit", ("tbx2", "po")),
    "trados": Profile(
        "Trados Studio, MultiTerm",
        ("multiterm", "tbx2"),
        note="segments of at most 2,000 characters",
    ),
    "memoq": Profile("memoQ", ("memoq", "multiterm", "tbx2")),
    "phrase": Profile("Phrase TMS", note="one target a language and unit; at most 1 GB"),
    "wordfast": Profile(
        "Wordfast",
        ("wordfast",),
        {"zh-Hans": "ZH-CN", "zh-Hant": "ZH-TW", "en": "EN-US"},
        note="codes of at most five characters, in capitals",
    ),
    "okapi": Profile("Okapi", note="compares codes exactly"),
    "deepl": Profile(
        "DeepL", ("deepl",), _BASE, note="a source once; 1,024 bytes a phrase, 10 MiB a file"
    ),
    "google": Profile(
        "Google Cloud Translation",
        ("google", "tmx-glossary"),
        {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"},
        note="CSV for equivalent term sets, TMX for one direction",
    ),
    "aws": Profile(
        "Amazon Translate",
        ("aws", "tmx-glossary"),
        _BASE | {"zh-Hant": "zh-TW"},
        note="case-sensitive; a source once; 10 MiB a file",
    ),
    "microsoft": Profile(
        "Microsoft Translator",
        ("microsoft", "microsoft-dictionary"),
        {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"},
        note="TSV for Document Translation, a workbook for Custom Translator",
    ),
    "modernmt": Profile(
        "ModernMT", ("modernmt",), {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}
    ),
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
