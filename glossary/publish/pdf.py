"""A glossary as a printed book, set by typst."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Collection
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.errors import BadInputError, MissingExtraError, UsageError
from glossary.files import atomic_path
from glossary.model import Glossary
from glossary.publish.book import book_of
from glossary.publish.indexes import INDEXES
from glossary.publish.interface import INTERFACES

if TYPE_CHECKING:
    from typst import PDFStandard

__all__ = ["LAYOUTS", "PAPERS", "write_pdf"]

#: How much stands around the entries.
LAYOUTS = ("list", "book")
#: Paper sizes the bundled template is designed for, by typst's names.
PAPERS = ("a4", "a5", "us-letter")

# PDF/A-2a implies tags and Unicode mappings; PDF/UA-1 is checked by the engine on top of it. A
# user's template may lack what UA asks for (a title, headings without gaps) and still be archived.
_STANDARDS: list[PDFStandard] = ["a-2a", "ua-1"]
_TEMPLATE_STANDARDS: list[PDFStandard] = ["a-2b"]


def write_pdf(
    glossary: Glossary,
    path: Path,
    *,
    title: str = "",
    subtitle: str = "",
    layout: str = "list",
    paper: str = "a4",
    language: str = "en",
    contexts: bool = False,
    indexes: Collection[str] = ("english",),
    template: Path | None = None,
) -> None:
    """Write a glossary as a tagged PDF/A-2 with embedded, subset fonts.

    The same glossary gives the same bytes: the document's date is ``SOURCE_DATE_EPOCH``, else the
    latest date of a source, else 1970-01-01.

    Args:
        glossary: its concepts become the entries; concepts without a term are left out.
        path: of the PDF, which is replaced if it is there.
        title: of the book; the glossary's own title by default.
        subtitle: a line under the title.
        layout: ``list``, entries and sources; or ``book``, with a title page, contents, how to
            read it and an index of the renderings.
        paper: one of ``PAPERS``.
        language: of headings and explanations: ``en``, ``zh`` or ``bilingual``.
        contexts: print one sentence of proof with each entry that has one.
        indexes: of a book, some of ``glossary.publish.indexes.INDEXES``.
        template: a typst file to use instead of the bundled one; it reads the same JSON from
            ``sys.inputs.data``.

    Raises:
        MissingExtraError: typst or the fonts are not installed.
        UsageError: there is no such layout, paper, interface language or index.
        BadInputError: the template is missing or typst refuses it.
        OutputError: ``path`` cannot be written.
    """
    try:
        import pylopdf_fonts_zh_cn
        import typst
    except ImportError as error:
        raise MissingExtraError("writing PDF files", "pdf") from error
    for what, value, known in (
        ("layout", layout, LAYOUTS),
        ("paper", paper, PAPERS),
        ("interface language", language, INTERFACES),
        *(("index", kind, INDEXES) for kind in indexes),
    ):
        if value not in known:
            raise UsageError(f"unknown {what} {value!r}", cure=f"choose {', '.join(known)}")
    if template is not None and not template.is_file():
        raise BadInputError("no such template", place=template)
    date = _date(glossary)
    data = book_of(
        glossary,
        title=title,
        subtitle=subtitle,
        language=language,
        contexts=contexts,
        indexes=indexes if layout == "book" else (),
    ) | {"layout": layout, "paper": paper, "date": date.date().isoformat()}
    with ExitStack() as stack:
        bundled = resources.files("glossary.publish").joinpath("book.typ")
        main = template or stack.enter_context(resources.as_file(bundled))
        temporary = stack.enter_context(atomic_path(path))
        try:
            typst.compile(
                str(main),
                output=str(temporary),
                root=str(main.parent),
                format="pdf",
                font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=_TEMPLATE_STANDARDS if template else _STANDARDS,
                timestamp=date,
            )
        except typst.TypstError as error:
            hints = "; ".join(getattr(error, "hints", None) or []) or "mend the template"
            raise BadInputError(str(error), place=main, cure=hints) from error


def _date(glossary: Glossary) -> datetime.datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC)
    latest = max((source.date for source in glossary.sources if source.date), default="1970")
    return datetime.datetime.fromisoformat((latest + "-01-01")[:10]).replace(tzinfo=datetime.UTC)
