"""What the core glossary knows already, as evidence for a harvest."""

from __future__ import annotations

import functools

from glossary.harvest import KnownFormulations
from glossary.harvest.candidates_zh import normal_form
from glossary.termbase.core import known_formulations

__all__ = ["core_formulations"]


@functools.cache
def core_formulations() -> KnownFormulations:
    """Return the formulations of the core glossary with all renderings, machines' among them.

    What a rendering is worth is told by the text that has it, not by the glossary.
    """
    return {
        normal_form(head): tuple(known.text for known in renderings)
        for head, renderings in known_formulations().items()
    }
