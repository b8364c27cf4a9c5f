"""Candidate terms, their renderings and their variants."""
