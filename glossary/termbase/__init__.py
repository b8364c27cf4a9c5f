"""The termbase: what was harvested and edited, kept in one SQLite file."""

from glossary.termbase.connection import is_termbase
from glossary.termbase.existing import Existing
from glossary.termbase.store import Counts, Termbase, Transaction, timestamp

__all__ = ["Counts", "Existing", "Termbase", "Transaction", "is_termbase", "timestamp"]
