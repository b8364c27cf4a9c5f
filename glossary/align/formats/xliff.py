"""The beads of two texts as an XLIFF 2.0 file for CAT tools: one unit a bead (OASIS, 2014).

A sentence that nothing renders is a unit without a target, one that renders nothing a unit with an
empty source. Scores stand in notes, and the state says which beads a person has set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.errors import UsageError
from glossary.files import write_text
from glossary.model import Bead, Bitext

__all__ = ["write_xliff"]

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_SCORE, _KIND = "score", "kind"


def write_xliff(bitext: Bitext, path: Path, *, languages: Mapping[str, str] | None = None) -> None:
    """Write a bitext of two texts, the first as the source.

    Args:
        bitext: the texts and their beads.
        path: of the file, which is replaced if it is there.
        languages: exchange codes that replace the default ``zh-CN``, ``zh-TW`` and ``en-US``.

    Raises:
        OutputError: the file cannot be written.
        UsageError: the bitext has more than two texts.
    """
    if len(bitext.documents) != 2:
        raise UsageError(
            f"XLIFF joins two texts, not {len(bitext.documents)}", cure="write an .xlsx or .tmx"
        )
    write_text(path, "".join(_pieces(bitext, languages or {})))


def _pieces(bitext: Bitext, languages: Mapping[str, str]) -> Iterator[str]:
    from tmx.languages import exchange_tag
    from tmx.xmltext import attribute

    source, target = (exchange_tag(one.language, languages) for one in bitext.documents)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<xliff xmlns="{_NAMESPACE}" version="2.0"'
        f"{attribute('srcLang', source)}{attribute('trgLang', target)}>\n"
    )
    yield f'<file id="f1"{attribute("original", bitext.documents[0].source.id)}>\n'
    for number, bead in enumerate(bitext.beads, 1):
        yield _unit(bitext, bead, number)
    yield "</file>\n</xliff>\n"


def _unit(bitext: Bitext, bead: Bead, number: int) -> str:
    from tmx.xmltext import clean, escape_text

    source, target = (escape_text(clean(bitext.text(bead, at))) for at in (0, 1))
    kind = "-".join(str(len(group)) for group in bead.members)
    state = "reviewed" if bead.edited else "translated" if target else "initial"
    rendering = f"<target>{target}</target>" if target else ""
    return (
        f'<unit id="b{number}">\n<notes><note category="{_SCORE}">{bead.score:.4f}</note>'
        f'<note category="{_KIND}">{kind}</note></notes>\n'
        f'<segment state="{state}"><source>{source}</source>{rendering}</segment>\n</unit>\n'
    )
