"""Alignments as files: for people to correct, for other aligners and editors, and back."""

from glossary.align.formats.saved import SavedAlignment, SavedBead, saved_bitext

__all__ = ["SavedAlignment", "SavedBead", "saved_bitext"]
