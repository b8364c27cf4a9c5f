"""Find terms in a termbase."""
