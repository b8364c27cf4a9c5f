"""The data categories of TBX-Basic, and how each style of TBX spells them.

Source: ISO 30042:2019 with the TBX-Basic and TBX-Min modules of LTAC Global (``Basic.tbxmd``,
``Min.tbxmd`` and their Schematrons, 2018 to 2023); for TBX 2 the TBX-Basic RNG of 2008.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import Final

from glossary.model import AdministrativeStatus, TermType

__all__ = [
    "BASIC",
    "CATEGORIES",
    "MIN",
    "PARTS_OF_SPEECH",
    "STATUS_VALUES",
    "TERM_TYPE_VALUES",
    "Category",
    "Level",
    "admits",
    "status_from",
    "term_type_from",
]

#: Namespace prefixes of the two modules in DCT style.
MIN: Final = "min"
BASIC: Final = "basic"


class Level(enum.Flag):
    """Where in an entry a category may stand."""

    CONCEPT = enum.auto()
    LANGUAGE = enum.auto()
    TERM = enum.auto()


@dataclass(frozen=True, slots=True)
class Category:
    """A data category.

    Attributes:
        element: its element in DCA style and in TBX 2 (``descrip``, ``termNote`` …).
        module: the module it belongs to, :data:`MIN` or :data:`BASIC`.
        levels: where it may stand.
        values: its picklist; empty if any text is allowed.
    """

    name: str
    element: str
    module: str
    levels: Level
    values: frozenset[str] = frozenset()


STATUS_VALUES = {status: f"{status}Term-admn-sts" for status in AdministrativeStatus}
PARTS_OF_SPEECH = frozenset({"adjective", "noun", "other", "verb", "adverb"})
TERM_TYPE_VALUES = {
    TermType.FULL_FORM: "fullForm",
    TermType.ABBREVIATION: "abbreviation",
    TermType.VARIANT: "variant",
}
_EVERYWHERE = Level.CONCEPT | Level.LANGUAGE | Level.TERM
_LOCATIONS = (
    "checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage interactiveMessage "
    "menuItem progressBar pushButton radioButton slider spinBox tab tableText textBox toolTip "
    "user-definedType"
)

CATEGORIES = {
    category.name: category
    for category in (
        Category("subjectField", "descrip", MIN, Level.CONCEPT),
        Category("customerSubset", "admin", MIN, Level.CONCEPT | Level.TERM),
        Category("externalCrossReference", "xref", MIN, _EVERYWHERE),
        Category("partOfSpeech", "termNote", MIN, Level.TERM, PARTS_OF_SPEECH),
        Category(
            "administrativeStatus",
            "termNote",
            MIN,
            Level.TERM,
            frozenset(STATUS_VALUES.values()),
        ),
        Category("definition", "descrip", BASIC, Level.CONCEPT | Level.LANGUAGE),
        Category("context", "descrip", BASIC, Level.TERM),
        Category("source", "admin", BASIC, _EVERYWHERE),
        Category("projectSubset", "admin", BASIC, Level.CONCEPT | Level.TERM),
        Category("crossReference", "ref", BASIC, Level.CONCEPT | Level.TERM),
        Category("xGraphic", "xref", BASIC, Level.CONCEPT | Level.LANGUAGE),
        Category("geographicalUsage", "termNote", BASIC, Level.TERM),
        Category(
            "grammaticalGender",
            "termNote",
            BASIC,
            Level.TERM,
            frozenset({"masculine", "feminine", "neuter", "other"}),
        ),
        Category("termLocation", "termNote", BASIC, Level.TERM, frozenset(_LOCATIONS.split())),
        Category(
            "termType",
            "termNote",
            BASIC,
            Level.TERM,
            frozenset({"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"}),
        ),
        Category(
            "transactionType",
            "transac",
            BASIC,
            _EVERYWHERE,
            frozenset({"origination", "modification"}),
        ),
    )
}


def admits(name: str, value: str, level: Level, modules: frozenset[str]) -> bool:
    """Return whether a dialect of these modules takes ``value`` as category ``name`` there."""
    category = CATEGORIES.get(name)
    return (
        category is not None
        and category.module in modules
        and level in category.levels
        and (not category.values or value in category.values)
    )


_STATUS = re.compile(r"(preferred|admitted|deprecated|superseded|notRecommended|obsolete)")
_STATUS_SYNONYMS = {"notRecommended": "deprecated", "obsolete": "superseded"}
_SHORT_FORMS = frozenset({"abbreviation", "acronym", "shortForm", "initialism", "clippedTerm"})


def status_from(value: str) -> AdministrativeStatus | None:
    """Return the status that a file's word for it means: ``deprecatedTerm`` or ``preferred``.

    TBX 2 files say the same in ``normativeAuthorization`` and ``usageStatus``.
    """
    match = _STATUS.match(value.strip())
    return AdministrativeStatus(_STATUS_SYNONYMS.get(match[1], match[1])) if match else None


def term_type_from(value: str) -> TermType:
    """Return the type of term that a file's word for it comes closest to."""
    value = value.strip()
    if value in _SHORT_FORMS:
        return TermType.ABBREVIATION
    return TermType.VARIANT if value == "variant" else TermType.FULL_FORM
