"""Two-column glossaries of machine translation services: one description, one reader and writer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Concept, Glossary, Term
from tmx.delimited import delimited_line, read_rows
from tmx.interface import DumpReport, LossLog
from tmx.languages import guess_language, internal_tag, is_wellformed
from tmx.mt_pairs import concepts_of_pairs, one_per_source
from tmx.textfile import write_encoded

__all__ = ["PairTable"]


@dataclass(frozen=True, slots=True)
class PairTable:
    """How a service wants its glossary.

    Attributes:
        service: its name, for messages.
        delimiter: between the cells.
        quoted: whether cells may stand in quotation marks (RFC 4180).
        header: whether the first line holds the language codes of the columns.
        languages: the codes that the service uses.
        max_bytes: UTF-8 bytes a term may have; 0 for no limit.
        max_file: bytes a file may have; 0 for no limit.
    """

    service: str
    delimiter: str
    quoted: bool
    header: bool
    languages: Mapping[str, str]
    max_bytes: int = 0
    max_file: int = 0

    def dump(
        self, glossary: Glossary, path: Path, *, languages: Mapping[str, str] | None = None
    ) -> DumpReport:
        """Write the preferred rendering of each source term.

        Args:
            glossary: what to write.
            path: the file to write.
            languages: codes that replace those of the service.

        Raises:
            OutputError: the file cannot be written.
        """
        log = LossLog()
        found = one_per_source(glossary, log)
        codes = {**self.languages, **(languages or {})}
        lines = []
        if self.header:
            head = (codes.get(found.source, found.source), codes.get(found.target, found.target))
            lines.append(delimited_line(head, self.delimiter))
        size = sum(len(line.encode()) for line in lines)
        for source, target, concept in found.pairs:
            longest = max(len(source.encode()), len(target.encode()))
            if self.max_bytes and longest > self.max_bytes:
                log.add(f"terms of more than {self.max_bytes} bytes, left out", concept)
                continue
            if self.quoted:
                line = delimited_line((source, target), self.delimiter)
            else:
                line = f"{source}{self.delimiter}{target}\n"
            size += len(line.encode())
            if self.max_file and size > self.max_file:
                log.add(
                    f"entries beyond the {self.max_file >> 20} MiB of a file, left out", concept
                )
                continue
            lines.append(line)
        write_encoded(path, lines)
        return log.report(len(lines) - self.header)

    def load(self, path: Path) -> Glossary:
        """Read such a glossary: one concept for each source term.

        Raises:
            BadInputError: as :meth:`iter_load`.
        """
        return Glossary(tuple(self.iter_load(path)))

    def iter_load(self, path: Path) -> Iterator[Concept]:
        """Yield the concepts of such a glossary: one for each source term.

        Raises:
            BadInputError: the file cannot be read, or a line has no two cells.
        """
        pairs: list[tuple[str, str]] = []
        codes: list[str] = []
        for line, cells in read_rows(path, self.delimiter, quoted=self.quoted):
            if len(cells) < 2:
                raise BadInputError(
                    "the line has no two columns",
                    place=path,
                    line=line,
                    cure=f"a glossary of {self.service} has a source and a target in each line",
                )
            if self.header and not codes:
                codes = [cell.strip() for cell in cells[:2]]
                if not all(map(is_wellformed, codes)):
                    raise BadInputError(
                        "the first line does not name two language codes",
                        place=path,
                        line=line,
                        cure="write it as in zh,en",
                    )
            elif cells[0].strip() and cells[1].strip():
                pairs.append((cells[0].strip(), cells[1].strip()))
        if codes:
            source, target = map(internal_tag, codes)
        else:
            source = guess_language("".join(source for source, _ in pairs))
            target = guess_language("".join(target for _, target in pairs))
            if source == target and source != "en":
                # Some English terms hold a Chinese character; not so the other way round.
                target = "en"
        yield from concepts_of_pairs((Term(a, source), Term(b, target)) for a, b in pairs)
