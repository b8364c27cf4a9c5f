"""The main job in one go: texts in, a termbase and exchange files out."""

from glossary.build.pipeline import build
from glossary.build.summary import BuildSummary, render_summary

__all__ = ["BuildSummary", "build", "render_summary"]
