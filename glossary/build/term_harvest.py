"""Harvest texts without building anything of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossary import __version__
from glossary.align import align, looks_unrelated
from glossary.align.languages import language_doubts
from glossary.build.pipeline import order_renditions
from glossary.build.prior import CORE, prior_formulations
from glossary.errors import BadInputError, UsageError
from glossary.harvest import harvest
from glossary.harvest.omissions import Omissions
from glossary.model import Bitext, Concept, Source, is_chinese
from glossary.texts import parse_request, read_document, unique_requests

__all__ = ["TextHarvest", "harvest_texts"]

#: What the last part of a text's name says of its language.
_NAMED = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True)
class TextHarvest:
    """What texts gave.

    Attributes:
        concepts: best first.
        sources: of the texts, pivot first.
        omissions: where renditions do not render the concepts.
        doubts: what the user should know before trusting the concepts, a clause each.
        signature: names the methods.
    """

    concepts: tuple[Concept, ...]
    sources: tuple[Source, ...]
    omissions: Omissions
    doubts: tuple[str, ...]
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
    omissions = Omissions(bitext, harvested.concepts, harvested.unsure)
    return TextHarvest(
        harvested.concepts, sources, omissions, tuple(_doubts(bitext)), "|".join(signature)
    )


def _doubts(bitext: Bitext) -> Iterator[str]:
    first, *renditions = (document.source for document in bitext.documents)
    for source in (first, *renditions):
        named = source.id.rpartition(".")[2].lower()
        if named in _NAMED and (named == "zh") != is_chinese(source.language):
            yield f"{source.id} is in {_NAMED['en' if named == 'zh' else 'zh']}, whatever its name"
    for number, source in enumerate(renditions, start=1):
        if looks_unrelated(bitext, number):
            yield f"{source.id} does not look like a rendition of {first.id}"
