"""TBX 2 (ISO 30042:2008, martif), TBX-Basic: the TBX that CAT tools import.

OmegaT, Lokalize, Weblate and translate-toolkit read this version only (measured with OmegaT 3.6,
Lokalize 22.12, Weblate 5.14 and translate-toolkit 3.20).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.model import Concept, Glossary
from tmx import tbx3
from tmx.interface import CodecInfo, DumpReport, Feature, ValueKind
from tmx.salvage import SalvageLog
from tmx.tbx3 import DIALECTS
from tmx.tbx_style import MARTIF, TbxOptions
from tmx.tbx_writer import write_tbx

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="tbx2",
    title="TBX 2 (ISO 30042:2008, martif)",
    extensions=(".tbx",),
    kind=ValueKind.GLOSSARY,
    carries=tbx3.CODEC.carries - {Feature.SPAN, Feature.INVALID_TERMS},
)

#: Contexts of a term by default: CAT tools show them all in a narrow pane.
CONTEXTS = 1


def load(
    path: Path,
    *,
    languages: Mapping[str, str] | None = None,
    salvage: SalvageLog | None = None,
) -> Glossary:
    """Read a TBX file of any version, as :func:`tmx.tbx3.load` does."""
    return tbx3.load(path, languages=languages, salvage=salvage)


def iter_load(
    path: Path,
    *,
    languages: Mapping[str, str] | None = None,
    salvage: SalvageLog | None = None,
) -> Iterator[Concept]:
    """Read a TBX file concept by concept, as :func:`tmx.tbx3.iter_load` does."""
    return tbx3.iter_load(path, languages=languages, salvage=salvage)


def dump(
    glossary: Glossary,
    path: Path,
    *,
    languages: Mapping[str, str] | None = None,
    valid_only: bool = True,
    contexts: int | None = CONTEXTS,
) -> DumpReport:
    """Write a glossary as TBX 2 for CAT tools.

    One entry a concept, the Chinese langSet first, one tig a term, best first: tools that take one
    term a language take the preferred one. Deprecated, superseded and machine-only terms are left
    out and counted, because tools offer them as valid or drop the entry for them.

    Args:
        glossary: what to write. TBX 2 does not allow a file without entries: an empty glossary
            gives one that is not valid.
        path: the file to write.
        languages: exchange codes, replacing ``zh-CN``, ``zh-TW`` and ``en-US``.
        valid_only: whether terms that a translator may not use are left out.
        contexts: how many contexts a term may have; None for all.

    Raises:
        OutputError: the file cannot be written.
    """
    options = TbxOptions(
        style=MARTIF,
        dialect="TBX-Basic",
        modules=DIALECTS["TBX-Basic"],
        languages=languages or {},
        valid_only=valid_only,
        contexts=contexts,
        mark_terms=False,
    )
    return write_tbx(glossary, path, options)
