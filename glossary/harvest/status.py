"""Which rendering of a concept is preferred: by authority, then date, then frequency, then form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from glossary.model import AdministrativeStatus, Authority, Source, Term, TermType

__all__ = ["Preference", "explain_preference", "rank_clusters", "rank_terms", "term_clusters"]


@dataclass(frozen=True, slots=True)
class Preference:
    """Why one rendering of a concept stands before the next.

    Attributes:
        text: the preferred rendering.
        by: what decided: ``authority``, ``date``, ``frequency``, ``proof`` (the score), ``form``
            (the shorter, then the alphabet) or ``only`` where nothing competes.
        over: the rendering that stands next, if one competes.
        why: both sides of what decided, for a reader.
    """

    text: str
    by: str
    over: str | None
    why: str


def rank_terms(terms: Sequence[Term], sources: Sequence[Source]) -> tuple[Term, ...]:
    """Return renderings that all compete, best first, each with its administrative status."""
    return rank_clusters([[term] for term in terms], sources)


def rank_clusters(
    clusters: Sequence[Sequence[Term]], sources: Sequence[Source]
) -> tuple[Term, ...]:
    """Return the renderings of a concept, best first, each with its administrative status and type.

    The forms of a cluster stand together and count together; the full form whose own standing is
    best leads them, and ``term_clusters`` finds them again. A form is superseded if sources of the
    same authority use the preferred rendering, in whatever form, later; what machines alone use
    has no status and stands last.

    Args:
        clusters: forms of one rendering each, with their types as to each other.
        sources: those that the terms' attestations name; one that is not among them has no date.
    """
    known = {source.id: source for source in sources}
    ordered = sorted(
        (sorted(cluster, key=lambda term: _form_key(term, known)) for cluster in clusters),
        key=lambda cluster: _key(_standing(cluster, known)),
    )
    best: _Standing | None = None
    ranked: list[Term] = []
    for cluster in ordered:
        for term in cluster:
            leads = term is cluster[0]
            kind = TermType.FULL_FORM if leads else _type_behind(term)
            if term.authority is Authority.MACHINE:
                # What a machine says was never in force.
                ranked.append(replace(term, term_type=kind, status=None, valid_from=None))
                continue
            status = AdministrativeStatus.ADMITTED
            if best is None:
                best = _standing(cluster, known)
                status = AdministrativeStatus.PREFERRED
            elif cluster is not ordered[0]:
                own = _standing([term], known)
                if own.authority is best.authority and "" < own.date < best.date:
                    status = AdministrativeStatus.SUPERSEDED
            ranked.append(replace(term, term_type=kind, status=status))
    return tuple(ranked)


def term_clusters(terms: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """Yield the clusters of renderings as ``rank_clusters`` put them in order.

    A full form begins a cluster; the variants and abbreviations behind it are forms of it.
    """
    cluster: list[Term] = []
    for term in terms:
        if cluster and term.term_type is TermType.FULL_FORM:
            yield tuple(cluster)
            cluster = []
        cluster.append(term)
    if cluster:
        yield tuple(cluster)


def explain_preference(terms: Sequence[Term], sources: Mapping[str, Source]) -> Preference | None:
    """Return why the first of the renderings that ``rank_clusters`` put in order stands first.

    None if nothing is preferred (there is no rendering, or machines alone attest any) or if a
    status or the criteria say otherwise: then a person decided.

    Args:
        terms: best first.
        sources: by id, those that the terms' attestations name; one that is not among them has no
            date.
    """
    clusters = list(term_clusters(terms))
    if not clusters or clusters[0][0].status is not AdministrativeStatus.PREFERRED:
        return None
    best, *others = clusters
    text = best[0].text
    if not others:
        return Preference(text, "only", None, "no other rendering is attested")
    first, second = _standing(best, sources), _standing(others[0], sources)
    if _key(second) < _key(first):
        return None
    for criterion in _CRITERIA[:-1]:
        if criterion.key(first) != criterion.key(second):
            break
    else:
        criterion = _CRITERIA[-1]
    why = f"{criterion.said(first)} over {criterion.said(second)}"
    return Preference(text, criterion.name, others[0][0].text, why)


def _type_behind(term: Term) -> TermType:
    return TermType.ABBREVIATION if term.term_type is TermType.ABBREVIATION else TermType.VARIANT


@dataclass(frozen=True, slots=True)
class _Standing:
    """What speaks for a rendering in all its forms.

    Attributes:
        authority: the highest of its sources'.
        date: the latest of the sources of that authority; empty if none is known.
        count: attestations in the sources of that authority, also those that are counted but not
            kept: a machine's add nothing.
        score: of its best proven form.
        form: its leading form.
    """

    authority: Authority
    date: str
    count: int
    score: float
    form: str


def _standing(cluster: Sequence[Term], sources: Mapping[str, Source]) -> _Standing:
    authority = max(term.authority for term in cluster)
    count, date = 0, ""
    for term in cluster:
        own = 0
        for found in term.attestations:
            source = sources.get(found.source_id)
            if (source.authority if source else term.authority) is authority:
                own += 1
                date = max(date, (source.date or "") if source else "")
        if own == len(term.attestations) and term.score:
            own = max(own, int(dict(term.score.evidence).get("count", 0)))
        count += own
    score = max((term.score.value for term in cluster if term.score), default=0.0)
    return _Standing(authority, date, count, score, cluster[0].text)


@dataclass(frozen=True, slots=True)
class _Criterion:
    """One thing by which renderings are put in order.

    Attributes:
        key: sorts the better rendering first.
        said: what a reader is told of a rendering.
    """

    name: str
    key: Callable[[_Standing], Any]
    said: Callable[[_Standing], str]


def _later_first(standing: _Standing) -> tuple[int, ...]:
    return tuple(-ord(character) for character in standing.date.ljust(10))


def _times(standing: _Standing) -> str:
    return "once" if standing.count == 1 else f"{standing.count} times"


_CRITERIA = (
    _Criterion("authority", lambda s: -int(s.authority), lambda s: s.authority.label),
    _Criterion("date", _later_first, lambda s: s.date or "no date"),
    _Criterion("frequency", lambda s: -s.count, _times),
    _Criterion("proof", lambda s: -s.score, lambda s: f"{s.score:.2f}"),
    _Criterion("form", lambda s: (len(s.form), s.form), lambda s: s.form),
)


def _key(standing: _Standing) -> tuple[Any, ...]:
    return tuple(criterion.key(standing) for criterion in _CRITERIA)


def _form_key(term: Term, sources: Mapping[str, Source]) -> tuple[Any, ...]:
    """Sort the form first that is to stand for its cluster."""
    standing = _standing([term], sources)
    short = term.term_type is TermType.ABBREVIATION
    return (-int(standing.authority), short, *_key(standing))
