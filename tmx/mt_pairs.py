"""What the glossaries of machine translation services have in common: one translation per source.

A service puts in the target wherever it meets the source, so that each source term has exactly one
translation, the preferred rendering, and nothing that a translator may not use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from glossary.model import Concept, Glossary, Term, concept_id
from tmx.carried import note_features
from tmx.interface import Feature, LossLog
from tmx.renderings import single_line
from tmx.validity import with_valid_terms

__all__ = ["TermPairs", "concepts_of_pairs", "one_per_source"]


@dataclass(frozen=True, slots=True)
class TermPairs:
    """Source terms with their one translation.

    Attributes:
        source, target: the languages of both, as tifa has them.
        pairs: the texts of both and the id of their concept; each source once.
    """

    source: str
    target: str
    pairs: tuple[tuple[str, str, str], ...]


def one_per_source(glossary: Glossary, log: LossLog) -> TermPairs:
    """Return each source term with its preferred rendering; what is left out is noted in ``log``.

    A file has one source and one target language: the Chinese script that most terms are in (or
    without Chinese the language of the first terms), and the language of most renderings.
    """
    concepts = [c for c in (with_valid_terms(c, log) for c in glossary.concepts) if c is not None]
    source = _commonest(term for concept in concepts for term in _sources(concept))
    target = _commonest(term for concept in concepts for term in _targets(concept))
    found: dict[str, tuple[str, str]] = {}
    for concept in concepts:
        targets = [term for term in _targets(concept) if term.language == target]
        log.add(
            "terms in a third language or script, left out",
            concept.id,
            sum(term.language != source for term in _sources(concept))
            + len(_targets(concept))
            - len(targets),
        )
        texts = [text for term in targets if (text := single_line(term.text, log, concept.id))]
        if not texts:
            log.add("concepts without a rendering, left out", concept.id)
            continue
        log.add_feature(Feature.FURTHER_RENDERINGS, concept.id, len(texts) - 1)
        for term in _sources(concept):
            text = single_line(term.text, log, concept.id)
            if term.language != source or not text:
                continue
            if text in found:
                log.add("further entries of a source term, left out", text)
                continue
            found[text] = (texts[0], concept.id)
    note_features(log, glossary, frozenset())
    pairs = tuple((text, *rest) for text, rest in found.items())
    return TermPairs(source or "zh-Hans", target or "en", pairs)


def concepts_of_pairs(pairs: Iterable[tuple[Term, Term]]) -> tuple[Concept, ...]:
    """Return concepts from pairs of a source and a target term.

    The pairs with one source text are one concept; a target that comes again counts once.
    """
    found: dict[str, tuple[Term, dict[tuple[str, str], Term]]] = {}
    for source, target in pairs:
        _, targets = found.setdefault(source.text, (source, {}))
        targets.setdefault((target.language, target.text), target)
    return tuple(
        Concept(concept_id(text), (source, *targets.values()))
        for text, (source, targets) in found.items()
    )


def _sources(concept: Concept) -> tuple[Term, ...]:
    return concept.chinese() or concept.terms[:1]


def _targets(concept: Concept) -> tuple[Term, ...]:
    return concept.renderings() if concept.chinese() else concept.terms[1:]


def _commonest(terms: Iterable[Term]) -> str:
    counts = Counter(term.language for term in terms)
    if not counts:
        return ""
    # Ties go to the language met first.
    best = max(counts.values())
    return next(tag for tag, count in counts.items() if count == best)
