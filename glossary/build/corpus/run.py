"""The stages of a corpus harvest: keep, find, count, choose, read closely, put together."""

from __future__ import annotations

import functools
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from glossary import __version__
from glossary.build.corpus import stages
from glossary.build.corpus.counting import Phrases, count_texts
from glossary.build.corpus.forms import join_corpus_forms, lower_nested, merge_blocks
from glossary.build.corpus.reading import corpus_size, read_corpus
from glossary.build.corpus.spool import Batch, Block, Spool
from glossary.build.corpus.workers import shared_map
from glossary.build.prior import CORE, prior_formulations
from glossary.encoders import Encoder
from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.concepts import METHOD
from glossary.harvest.encoder_choice import corpus_encoder, harvest_encoder
from glossary.harvest.known import KnownFormulations
from glossary.model import Attestation, Concept, Score, Source, Term, is_chinese

__all__ = ["CorpusHarvest", "CorpusOptions", "harvest_corpus"]

#: Called with the stage, how much of it is done and how much there is; 0 if that is not known.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class CorpusOptions:
    """How a corpus is harvested.

    Attributes:
        prior: whose formulations are evidence: ``core``, ``none`` or the path of a termbase.
        small: a corpus of at most so many pairs is read closely from end to end, with the best
            encoder that is installed.
        least: in a larger one, the least number of pairs a candidate has to stand in.
        enough: how many of these pairs it is enough to read closely, with an encoder that looks at
            words alone.
        closely: how many pairs are read closely at most; those that hold most of the corpus.
        sample: in about how many pairs candidates are sought. They are counted in all.
        attestations: how many attestations of a term are kept for each source.
        jobs: processes.
        work: the file that keeps the work, so that it can be taken up again; a passing one if None.
    """

    prior: str = CORE
    small: int = 2500
    least: int = 3
    enough: int = 1
    closely: int = 1500
    sample: int = 50_000
    attestations: int = 20
    jobs: int = 1
    work: Path | None = None


@dataclass(frozen=True, slots=True)
class CorpusHarvest:
    """What a corpus gave.

    Attributes:
        concepts: best first, read from the work file as they are asked for.
        sources: of all texts, by id.
        signature: names method, encoder and texts.
    """

    concepts: Iterator[Concept]
    sources: Mapping[str, Source]
    signature: str


@contextmanager
def harvest_corpus(
    path: Path, options: CorpusOptions | None = None, progress: Progress | None = None
) -> Iterator[CorpusHarvest]:
    """Yield the harvest of a corpus.

    All pairs are kept in the work file. The candidates of a sample are counted in all of them, and
    those pairs chosen which hold most of what is frequent for the least reading. These are
    harvested as an article is: a few sentences tell the rendering of a term nearly as well as
    thousands do, and many terms share a sentence. Memory holds a chunk of pairs, the candidates of
    the sample and a block for each process, whatever the size of the corpus.

    Args:
        path: a folder with ``NAME.zh.txt`` and ``NAME.en.txt`` pairs, or a TMX file.
        options: how.
        progress: called now and then.

    Raises:
        TifaError: it is neither, one of its files cannot be read, or the work cannot be kept.
    """
    options = options or CorpusOptions()
    show = progress or (lambda _stage, _done, _total: None)
    known = prior_formulations(options.prior)
    with _work_file(options.work) as work, Spool(work, _job(path, options)) as spool:
        _keep(spool, path, show)
        pairs = spool.count_of_pairs()
        whole = pairs <= options.small
        _find_candidates(spool, options, known, show)
        _count(spool, options.jobs, show)
        if not spool.is_over("choose"):
            spool.choose(options.least, options.enough, None if whole else options.closely)
        choose = functools.partial(corpus_encoder, 2 * pairs if whole else None)
        blocks = spool.waiting(None if whole else options.least)
        _read_closely(spool, blocks, _Reading(known, choose), options.jobs, show)
        show("merge", 0, 0)
        sources = {source.id: source for source in spool.sources()}
        spool.merge(lambda group: merge_blocks(group, sources))
        join_corpus_forms(spool, sources)
        lower_nested(spool)
        yield CorpusHarvest(
            _finished(spool, options.attestations),
            sources,
            "|".join(
                (
                    f"tifa:{__version__}",
                    f"harvest:{METHOD}",
                    choose().name,
                    *spool.signatures(),
                )
            ),
        )


@contextmanager
def _work_file(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="tifa-") as folder:
        yield Path(folder) / "harvest.sqlite"


def _job(path: Path, options: CorpusOptions) -> str:
    """Return what tells one harvest from another."""
    # Work begun with one encoder is not taken up with another.
    encoder = harvest_encoder(0).name
    sizes = (options.small, options.least, options.enough, options.closely, options.sample)
    how = (options.prior, sizes, encoder)
    return f"{__version__} {METHOD} {path.resolve()} {path.stat().st_mtime_ns} {how}"


def _keep(spool: Spool, path: Path, show: Progress) -> None:
    """Keep all pairs, aligned."""
    if spool.is_over("keep"):
        return
    total, done = corpus_size(path), int(spool.fact("position") or 0)
    show("keep", done, total)
    for chunk in read_corpus(path, done):
        spool.add(chunk)
        show("keep", chunk.position, total)
    spool.finish("keep")


def _find_candidates(
    spool: Spool, options: CorpusOptions, known: KnownFormulations, show: Progress
) -> None:
    """Find the candidates of a sample."""
    if spool.is_over("find"):
        return
    pairs = spool.count_of_pairs()
    sample = spool.sample(options.sample)
    for batch, (keys, likely) in shared_map(_candidates, known, sample, options.jobs):
        spool.add_candidates(batch, keys, likely)
        show("find", batch[0][-1], pairs)
    spool.finish("find")


def _count(spool: Spool, jobs: int, show: Progress) -> None:
    """Count the candidates in all pairs."""
    if spool.is_over("count"):
        return
    pairs = spool.count_of_pairs()
    phrases = Phrases.of(spool.candidates())
    for batch, counts in shared_map(_counts, phrases, spool.uncounted(), jobs):
        spool.add_counts(batch, counts)
        show("count", batch[0][-1], pairs)
    spool.finish("count")


def _read_closely(
    spool: Spool, blocks: Iterator[Block], reading: _Reading, jobs: int, show: Progress
) -> None:
    total, done = spool.count_of_blocks()
    show("read", done, total)
    if done == total:
        return
    if jobs > 1:
        stages.warm_up(reading.choose())
    for (number, *_), concepts in shared_map(_read_block, reading, blocks, jobs):
        spool.finish_block(number, concepts)
        done += 1
        show("read", done, total)


def _finished(spool: Spool, most: int) -> Iterator[Concept]:
    for concept in spool.merged():
        terms = [_shortened(term, most) for term in concept.terms]
        for n, term in enumerate(terms):
            if is_chinese(term.language):
                occurrences = float(spool.occurrences(normal_form(term.text)))
                terms[n] = _with_evidence(term, ("occurrences", occurrences))
        yield replace(concept, terms=tuple(terms))


def _shortened(term: Term, most: int) -> Term:
    """Return a term with at most so many attestations of a source, and how many there were."""
    kept: list[Attestation] = []
    counts: Counter[str] = Counter()
    for attestation in term.attestations:
        counts[attestation.source_id] += 1
        if counts[attestation.source_id] <= most:
            kept.append(attestation)
    shortened = replace(term, attestations=tuple(kept))
    return _with_evidence(shortened, ("count", float(counts.total())))


def _with_evidence(term: Term, item: tuple[str, float]) -> Term:
    score = term.score or Score(0.0, METHOD)
    others = tuple(other for other in score.evidence if other[0] != item[0])
    return replace(term, score=replace(score, evidence=(*others, item)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What blocks are read with: ``choose`` gives the encoder of a process."""

    known: KnownFormulations
    choose: Callable[[], Encoder]


def _candidates(known: KnownFormulations, batch: Batch) -> tuple[list[list[str]], dict[str, float]]:
    return stages.candidate_keys(batch[1], known)


def _counts(phrases: Phrases, batch: Batch) -> Counter[str]:
    return count_texts(batch[1], phrases)


def _read_block(reading: _Reading, block: Block) -> list[Concept]:
    _, sources, pairs, asked = block
    return stages.harvest_pairs(sources, pairs, reading.known, reading.choose(), asked)
