"""Translation memory: matches of segments, and files filled with them."""

from glossary.lookup.known_terms import KnownTerm, KnownTerms
from glossary.memory.entries import Entry
from glossary.memory.matching import MatchKind, MemoryMatch, TranslationMemory
from glossary.memory.penalties import Penalties
from glossary.memory.repair import Repair, repair
from glossary.memory.similarity import Similarity, similarity

__all__ = [
    "Entry",
    "KnownTerm",
    "KnownTerms",
    "MatchKind",
    "MemoryMatch",
    "Penalties",
    "Repair",
    "Similarity",
    "TranslationMemory",
    "repair",
    "similarity",
]
