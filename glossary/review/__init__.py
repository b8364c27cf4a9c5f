"""People decide what was harvested: candidates out, decisions back in, none asked twice."""

from glossary.review.decide import carry_out
from glossary.review.files import read_review, write_review
from glossary.review.queue import to_review
from glossary.review.verdicts import Action, Verdict

__all__ = ["Action", "Verdict", "carry_out", "read_review", "to_review", "write_review"]
