"""What a glossary knows already, as evidence for a harvest."""

from __future__ import annotations

import functools
from collections import defaultdict
from pathlib import Path

from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.known import KnownFormulations
from glossary.model import ReviewState, is_chinese
from glossary.termbase import Termbase
from glossary.termbase.core import known_formulations

__all__ = ["CORE", "NONE", "core_formulations", "prior_formulations"]

#: Names of a prior that is no file: the core glossary, and none at all.
CORE = "core"
NONE = "none"


@functools.cache
def core_formulations() -> KnownFormulations:
    """Return the formulations of the core glossary with all renderings, machines' among them.

    What a rendering is worth is told by the text that has it, not by the glossary.
    """
    return {
        normal_form(head): tuple(known.text for known in renderings)
        for head, renderings in known_formulations().items()
    }


def prior_formulations(prior: str) -> KnownFormulations:
    """Return the formulations of a prior: ``core``, ``none`` or the path of a termbase.

    Of a termbase those count that were reviewed or came from a glossary: what was harvested and
    nobody has read is not known.

    Raises:
        TifaError: the termbase cannot be read.
    """
    if prior == CORE:
        return core_formulations()
    known: dict[str, list[str]] = defaultdict(list)
    if prior != NONE:
        with Termbase.open(Path(prior), readonly=True) as termbase:
            for concept in termbase.concepts():
                unread = concept.review is ReviewState.UNREVIEWED and concept.score is not None
                if unread or concept.review is ReviewState.REJECTED:
                    continue
                renderings = [term.text for term in concept.renderings()]
                for term in concept.terms:
                    if is_chinese(term.language):
                        known[normal_form(term.text)] += renderings
    return dict(known)
