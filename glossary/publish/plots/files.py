"""Plots as files: SVG as it is, PNG set by the engine that sets the book."""

from __future__ import annotations

from pathlib import Path

from glossary.errors import MissingExtraError, UsageError
from glossary.files import atomic_path, write_text

__all__ = ["check_plot_file", "write_plot"]

_DOTS_PER_INCH = 144.0
_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("plot.svg")\n'


def check_plot_file(path: Path) -> None:
    """Refuse a plot's file name that says no format, before any work is done.

    Raises:
        UsageError: it ends neither in ``.svg`` nor in ``.png``.
        MissingExtraError: it ends in ``.png``, which needs the extra ``pdf``.
    """
    if path.suffix.lower() not in {".svg", ".png"}:
        raise UsageError(f"{path} is no name of a plot", cure="name it FILE.svg or FILE.png")
    if path.suffix.lower() == ".png":
        try:
            import pylopdf_fonts_zh_cn
            import typst
        except ImportError as error:
            raise MissingExtraError("writing PNG files", "pdf") from error
        del pylopdf_fonts_zh_cn, typst


def write_plot(svg: str, path: Path) -> None:
    """Write a plot; the same plot gives the same bytes.

    Args:
        svg: a document of :func:`glossary.publish.plots.drawing.svg_document`.
        path: its ending tells the format.

    Raises:
        UsageError, MissingExtraError: as :func:`check_plot_file`.
        OutputError: the file cannot be written.
    """
    check_plot_file(path)
    if path.suffix.lower() == ".svg":
        write_text(path, svg)
        return
    import tempfile

    import pylopdf_fonts_zh_cn
    import typst

    with tempfile.TemporaryDirectory(prefix="tifa-") as folder, atomic_path(path) as temporary:
        (Path(folder) / "plot.svg").write_text(svg, encoding="utf-8")
        page = Path(folder) / "page.typ"
        page.write_text(_PAGE, encoding="utf-8")
        typst.compile(
            str(page),
            output=str(temporary),
            format="png",
            ppi=_DOTS_PER_INCH,
            font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
            ignore_system_fonts=True,
        )
