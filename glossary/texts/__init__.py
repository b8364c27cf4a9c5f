"""Read documents: encodings, file formats, paragraphs, sentences, roles."""

from glossary.texts.document import (
    language_mismatch,
    make_document,
    read_document,
    read_sentences,
)
from glossary.texts.project import (
    PROJECT_FILE,
    Project,
    load_project,
    render_project,
    write_project,
)
from glossary.texts.requests import (
    REQUEST_KEYS,
    TextRequest,
    normalize_language,
    parse_request,
    request_from_fields,
    unique_requests,
)
from glossary.texts.sentences import sentence_spans, split_sentences

__all__ = [
    "PROJECT_FILE",
    "REQUEST_KEYS",
    "Project",
    "TextRequest",
    "language_mismatch",
    "load_project",
    "make_document",
    "normalize_language",
    "parse_request",
    "read_document",
    "read_sentences",
    "render_project",
    "request_from_fields",
    "sentence_spans",
    "split_sentences",
    "unique_requests",
    "write_project",
]
