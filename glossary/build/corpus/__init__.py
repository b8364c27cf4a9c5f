"""Harvest a corpus of any size in bounded memory: count all of it, read some of it closely."""

from glossary.build.corpus.run import CorpusHarvest, CorpusOptions, harvest_corpus

__all__ = ["CorpusHarvest", "CorpusOptions", "harvest_corpus"]
