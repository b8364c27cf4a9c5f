"""A text with its terms marked and their renderings beside them."""

from glossary.annotate.annotation import Annotation, Mark, annotate

__all__ = ["Annotation", "Mark", "annotate"]
