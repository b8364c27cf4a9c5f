"""Harvest texts without building anything of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glossary import __version__
from glossary.align import align
from glossary.build.pipeline import order_renditions
from glossary.build.prior import core_formulations
from glossary.errors import UsageError
from glossary.harvest import harvest
from glossary.harvest.omissions import Omissions
from glossary.model import Concept, Source
from glossary.texts import parse_request, read_document

__all__ = ["TextHarvest", "harvest_texts"]


@dataclass(frozen=True, slots=True)
class TextHarvest:
    """What texts gave.

    Attributes:
        concepts: best first.
        sources: of the texts, pivot first.
        omissions: where renditions do not render the concepts.
        signature: names the methods.
    """

    concepts: tuple[Concept, ...]
    sources: tuple[Source, ...]
    omissions: Omissions
    signature: str


def harvest_texts(arguments: Sequence[str], *, prior: bool = True) -> TextHarvest:
    """Return what texts give.

    Args:
        arguments: the texts as the command line names them, ``PATH:key=value,…``.
        prior: take what the core glossary knows as evidence.

    Raises:
        TifaError: there are fewer than two texts, or one cannot be read.
    """
    if len(arguments) < 2:
        raise UsageError(
            "a harvest needs two texts or more", cure="tifa harvest SOURCE.zh.txt RENDITION.en.txt"
        )
    documents = order_renditions([read_document(parse_request(text)) for text in arguments])
    bitext = align(documents)
    harvested = harvest(bitext, known=core_formulations() if prior else None)
    signature = (
        f"tifa:{__version__}",
        bitext.method,
        harvested.signature,
        f"sources:{len(documents)}",
    )
    sources = tuple(document.source for document in documents)
    omissions = Omissions(bitext, harvested.concepts)
    return TextHarvest(harvested.concepts, sources, omissions, "|".join(signature))
