"""Write the core glossary in every form that a release offers.

    python scripts/build_release.py OUT

OUT, which must not exist, holds afterwards core.tmx, core.tbx (TBX 3), core.tbx2.tbx, core.tsv,
core.utf8.txt (OmegaT), core.pdf and the folder site, with SHA256SUMS. The same glossary gives the
same bytes; no network is used.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from glossary.errors import OutputError, TifaError
from glossary.files import write_text
from glossary.model import AdministrativeStatus, Glossary, Memory, TranslationUnit, Variant
from glossary.publish.indexes import INDEXES
from glossary.publish.pdf import write_pdf
from glossary.publish.site import write_site
from glossary.termbase.core import core_glossary
from tmx import omegat, tbx2, tbx3, tmx14, tsv
from tmx.languages import exchange_tag


def main(arguments: list[str] | None = None) -> int:
    """Run the script and return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    out = parser.parse_args(arguments).out
    try:
        write_release(core_glossary(), out)
    except TifaError as error:
        print(f"build_release: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def write_release(glossary: Glossary, out: Path) -> None:
    """Write all files to the folder ``out``, which appears whole or not at all.

    Raises:
        OutputError: ``out`` exists or cannot be written.
        MissingExtraError: what writes PDF files is not installed.
    """
    if out.exists():
        raise OutputError("exists already", place=out, cure="name a new folder")
    try:
        staging = tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", place=out) from error
    with staging as name:
        folder = Path(name) / out.name
        folder.mkdir()
        units = tuple(units_of(glossary))
        tmx14.dump(Memory(units, exchange_tag("zh-Hans")), folder / "core.tmx")
        tbx3.dump(glossary, folder / "core.tbx")
        tbx2.dump(glossary, folder / "core.tbx2.tbx")
        tsv.dump(glossary, folder / "core.tsv")
        omegat.dump(glossary, folder / "core.utf8.txt")
        write_pdf(glossary, folder / "core.pdf", layout="book", indexes=INDEXES)
        write_site(glossary, folder / "site")
        write_text(folder / "SHA256SUMS", "".join(_sums(folder)))
        folder.rename(out)


def units_of(glossary: Glossary) -> Iterator[TranslationUnit]:
    """Yield a translation unit for each concept: its head and the rendering now in force."""
    for concept in glossary.concepts:
        for term in concept.renderings():
            if term.status is AdministrativeStatus.PREFERRED:
                props = (
                    ("x-subject", concept.subject_field),
                    ("x-authority", term.authority.label),
                    ("x-source", " ".join(found.source_id for found in term.attestations)),
                )
                yield TranslationUnit(
                    (
                        Variant(exchange_tag("zh-Hans"), (concept.head,)),
                        Variant(exchange_tag(term.language), (term.text,)),
                    ),
                    tuid=concept.id,
                    props=props,
                )


def _sums(folder: Path) -> Iterator[str]:
    """Yield the lines that ``sha256sum --check`` reads."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            yield f"{digest}  {path.relative_to(folder).as_posix()}\n"


if __name__ == "__main__":
    sys.exit(main())
