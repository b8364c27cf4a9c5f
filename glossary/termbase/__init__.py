"""The termbase: one SQLite file."""
