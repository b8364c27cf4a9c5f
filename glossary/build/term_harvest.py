"""Harvest texts without building anything of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glossary import __version__
from glossary.align import align, looks_unrelated
from glossary.align.languages import language_doubts
from glossary.build.pipeline import order_renditions
from glossary.build.prior import CORE, prior_formulations
from glossary.errors import BadInputError, UsageError
from glossary.harvest import harvest
from glossary.harvest.omissions import Omissions
from glossary.model import Concept, Source
from glossary.texts import parse_request, read_document, unique_requests

__all__ = ["TextHarvest", "harvest_texts"]


@dataclass(frozen=True, slots=True)
class TextHarvest:
    """What texts gave.

    Attributes:
        concepts: best first.
        sources: of the texts, pivot first.
        omissions: where renditions do not render the concepts.
        unrelated: ids of texts that do not look like renditions of the first.
        signature: names the methods.
    """

    concepts: tuple[Concept, ...]
    sources: tuple[Source, ...]
    omissions: Omissions
    unrelated: tuple[str, ...]
    signature: str


def harvest_texts(
    arguments: Sequence[str], *, prior: str = CORE, anyway: bool = False
) -> TextHarvest:
    """Return what texts give.

    Args:
        arguments: the texts as the command line names them, ``PATH:key=value,…``.
        prior: whose formulations are evidence: ``core``, ``none`` or the path of a termbase.
        anyway: go on with texts that seem to be in the wrong language.

    Raises:
        TifaError: there are fewer than two texts, or one of them or the prior cannot be read, or
            a text is in a wrong language.
    """
    if len(arguments) < 2:
        raise UsageError(
            "a harvest needs two texts or more", cure="tifa harvest SOURCE.zh.txt RENDITION.en.txt"
        )
    known = prior_formulations(prior)
    requests = unique_requests(map(parse_request, arguments))
    documents = [read_document(request) for request in requests]
    doubts = [] if anyway else list(language_doubts(documents))
    if doubts:
        raise BadInputError("; ".join(doubts), cure="add --anyway to go on")
    documents = order_renditions(documents)
    bitext = align(documents)
    harvested = harvest(bitext, known=known)
    signature = (
        f"tifa:{__version__}",
        bitext.method,
        harvested.signature,
        f"sources:{len(documents)}",
    )
    sources = tuple(document.source for document in documents)
    unrelated = tuple(
        source.id
        for number, source in enumerate(sources)
        if number and looks_unrelated(bitext, number)
    )
    omissions = Omissions(bitext, harvested.concepts, harvested.unsure)
    return TextHarvest(harvested.concepts, sources, omissions, unrelated, "|".join(signature))
