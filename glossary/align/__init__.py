"""Renditions of one text into one bitext."""

from glossary.align.pairwise import align_sentences
from glossary.align.relation import looks_unrelated
from glossary.align.renditions import align
from glossary.align.sides import Link, Side

__all__ = ["Link", "Side", "align", "align_sentences", "looks_unrelated"]
