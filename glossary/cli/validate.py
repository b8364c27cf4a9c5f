"""``tifa validate``: what an exchange file is and what is wrong with it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from glossary.errors import OutputError, TifaError, UsageError

__all__ = ["validate"]


class OutputFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files to check.")],
    *,
    output: Annotated[
        OutputFormat, typer.Option("--format", help="Text for people, or JSON.")
    ] = OutputFormat.TEXT,
    fix: Annotated[
        Path | None,
        typer.Option(
            "--fix", metavar="OUT", help="Write the one FILE again, mended where that is safe."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT.")] = False,
) -> None:
    """Name the format of exchange files and list what is wrong with them, line by line."""
    from tmx.findings import CODES, Validation
    from tmx.validation import validate as check

    if fix is not None:
        _fix(files, fix, force)
        # What is left is said of the new file.
        files = [fix]
    results: list[tuple[Path, Validation]] = []
    unread: list[TifaError] = []
    for path in files:
        try:
            results.append((path, check(path)))
        except TifaError as error:
            # One file that cannot be read does not hide what is wrong with the others.
            unread.append(error)
    if output is OutputFormat.JSON:
        document = {
            "schema": "tifa.validation/1",
            "files": [
                {
                    "file": str(path),
                    "format": result.format,
                    "items": result.items,
                    "counts": dict(result.counts),
                    "findings": [
                        {"code": item.code, "line": item.line, "message": item.message}
                        for item in result.findings
                    ],
                }
                for path, result in results
            ],
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for path, result in results:
            for finding in result.findings:
                typer.echo(f"{path}:{finding.line}: {finding.code} {finding.message}")
            typer.echo(f"{path}: {result.format}, {result.items} units or entries")
            for code, count in result.counts:
                typer.echo(f"  {code} {CODES[code]}: {count}")
    for other in unread[:-1]:
        typer.echo(f"tifa: {other}", err=True)
    if unread:
        raise unread[-1]
    if any(result.counts for _, result in results):
        raise typer.Exit(1)


def _fix(files: list[Path], out: Path, force: bool) -> None:
    """Write the one file again, mended, and say on stderr what was done."""
    from tmx.repair import repair

    if len(files) != 1:
        raise UsageError("--fix takes one FILE", cure="call it once for each")
    if out.exists() and not force:
        raise OutputError("exists already", place=out, cure="choose another name, or --force")
    result = repair(files[0], out)
    typer.echo(f"{out}: {result.items} units or entries written", err=True)
    for loss in result.done:
        typer.echo(f"  {loss}", err=True)
