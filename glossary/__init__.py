"""tifa: glossary and translation memory for Chinese political language."""

__version__ = "0.1.0"
