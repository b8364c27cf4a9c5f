"""Renditions of one text into one bitext."""
