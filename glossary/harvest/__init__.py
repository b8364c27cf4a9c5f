"""From an aligned bitext to concepts: terms, their renderings and the sentences that prove them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.harvest.result import Harvest, HarvestOptions
from glossary.model import Bitext, is_chinese

if TYPE_CHECKING:
    from glossary.encoders import Encoder
    from glossary.harvest.known import KnownFormulations

__all__ = ["Harvest", "HarvestOptions", "harvest"]


def harvest(
    bitext: Bitext,
    *,
    encoder: Encoder | None = None,
    options: HarvestOptions | None = None,
    known: KnownFormulations | None = None,
) -> Harvest:
    """Return the concepts of a bitext, best first, with every rendition's renderings.

    With a Chinese pivot each concept has a Chinese term and what renders it in each rendition.
    Without one the renditions are compared: each concept holds formulations that compete.

    Args:
        bitext: aligned documents, pivot first.
        encoder: vectors for the evidence; unless given, with a Chinese pivot the best that is
            installed and affordable (``harvest.encoder_choice``), without one the default encoder.
        options: what to keep.
        known: formulations and renderings that a glossary has already; see ``harvest.known``.
    """
    # Imported here: lookup explains the order of renderings (harvest.status), and start-up counts.
    from glossary.encoders import default_encoder
    from glossary.harvest.bilingual import harvest_bilingual
    from glossary.harvest.compare import harvest_renditions
    from glossary.harvest.encoder_choice import harvest_encoder

    options = options or HarvestOptions()
    if is_chinese(bitext.documents[0].language):
        sentences = sum(len(document.segments) for document in bitext.documents)
        encoder = encoder or harvest_encoder(sentences)
        return harvest_bilingual(bitext, encoder, options, known or {})
    return harvest_renditions(bitext, encoder or default_encoder(), options)
