"""Renditions of one text into one bitext."""

from glossary.align.pairwise import Link, Side, align_sentences
from glossary.align.relation import looks_unrelated
from glossary.align.renditions import align

__all__ = ["Link", "Side", "align", "align_sentences", "looks_unrelated"]
