"""``tifa review`` at a terminal: a concept, a key, the next concept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from glossary.cli.keys import END, answer, read_key, tidy_ending
from glossary.cli.termbases import painter
from glossary.errors import TifaError
from glossary.model import Concept
from glossary.review.decide import find_target
from glossary.review.display import to_text
from glossary.review.evidence import Evidence
from glossary.review.verdicts import Action, Verdict
from glossary.termbase.forms import load_dictionaries

if TYPE_CHECKING:
    from glossary.review.session import Session
    from glossary.termbase import Termbase

__all__ = ["ask"]

_KEYS = "[a]ccept  [1-9] is best  [e]dit  [r]eject  [m]erge  [s]kip  [u]ndo  [q]uit"
_BETWEEN = " | "


def ask(base: Termbase, session: Session) -> None:
    """Ask about each concept of a session until the last one is decided or the user leaves."""
    paint = painter()
    evidence = Evidence(base)
    # Before the first question: then every key is saved at once, and no signal strikes a library
    # while it is loaded, of which one takes whatever a signal raises for a failure of its own.
    if session.current() is not None:
        load_dictionaries()
    with tidy_ending():
        while (concept := session.current()) is not None:
            typer.echo(f"\n{paint(f'{session.number} of {session.total}', 'faint')}")
            typer.echo(to_text(concept, evidence, paint))
            typer.echo(paint(_KEYS, "faint"))
            if not _answered(base, session, concept):
                return


def _answered(base: Termbase, session: Session, concept: Concept) -> bool:
    """Do what keys say until the question changes; return whether to go on."""
    while True:
        key = read_key().lower()
        if key in ("q", END):
            return False
        try:
            if key == "u":
                if session.undo():
                    typer.echo("→ taken back")
                    return True
                typer.echo("there is nothing to take back")
                continue
            verdict = _verdict(base, concept, key)
            if verdict is not None:
                session.decide(verdict)
                typer.echo(f"→ {_said(base, verdict)}")
                return True
        except TifaError as error:
            typer.echo(f"tifa: {error}")


def _verdict(base: Termbase, concept: Concept, key: str) -> Verdict | None:
    """Return what a key says about a concept, with what it asks for besides; None if nothing."""
    plain = {"a": Action.ACCEPT, "r": Action.REJECT, "s": Action.SKIP}
    if key in plain:
        return Verdict(concept.id, plain[key])
    if key.isdecimal():
        return _best(concept, int(key))
    if key == "e":
        return _edit(concept)
    if key == "m":
        return _merge(base, concept)
    if key.strip():
        typer.echo(_KEYS)
    return None


def _best(concept: Concept, number: int) -> Verdict | None:
    renderings = concept.renderings()
    if not 1 <= number <= len(renderings):
        typer.echo(f"there is no rendering {number}")
        return None
    best = renderings[number - 1]
    others = (term.text for term in renderings if term is not best and not term.is_machine_only)
    return Verdict(concept.id, Action.EDIT, english=(best.text, *others))


def _edit(concept: Concept) -> Verdict | None:
    chinese = ""
    if concept.chinese():
        said = answer("Chinese:", concept.head)
        if said is None:
            return None
        chinese = "" if said == concept.head else said
    known = _BETWEEN.join(t.text for t in concept.renderings() if not t.is_machine_only)
    said = answer("English, the best first, | between:", known)
    if said is None:
        return None
    english = tuple(text for part in said.split("|") if (text := part.strip()))
    if said == known:
        english = ()
    if not chinese and not english:
        typer.echo("nothing is edited")
        return None
    return Verdict(concept.id, Action.EDIT, chinese=chinese, english=english)


def _merge(base: Termbase, concept: Concept) -> Verdict | None:
    from glossary.lookup import suggest

    named = answer("merge with (a term or an id):")
    if not named:
        return None
    target = find_target(base, named)
    if target is None:
        near = ", ".join(suggest(base, named))
        typer.echo(f"there is no concept {named!r}" + (f"; near it: {near}" if near else ""))
        return None
    return Verdict(concept.id, Action.MERGE, target=target.id)


def _said(base: Termbase, verdict: Verdict) -> str:
    words = {
        Action.ACCEPT: "accepted",
        Action.EDIT: "edited",
        Action.REJECT: "rejected",
        Action.SKIP: "skipped",
    }
    if verdict.action is Action.MERGE:
        target = base.concept(verdict.target)
        return f"merged with {target.head if target else verdict.target}"
    if verdict.english:
        return f"edited: {_BETWEEN.join(verdict.english)}"
    return words[verdict.action]
