"""Harvest a corpus of any size in bounded memory: count all of it, read some of it closely."""

from glossary.build.corpus.run import CorpusHarvest, CorpusOptions, harvest_corpus
from glossary.build.corpus.workers import default_jobs

__all__ = ["CorpusHarvest", "CorpusOptions", "default_jobs", "harvest_corpus"]
