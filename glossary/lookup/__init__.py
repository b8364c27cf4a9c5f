"""Find terms in a termbase: exactly, by sound, by part, by likeness, in either language."""

from glossary.lookup.candidates import How
from glossary.lookup.filters import Filters
from glossary.lookup.search import Match, lookup, suggest

__all__ = ["Filters", "How", "Match", "lookup", "suggest"]
