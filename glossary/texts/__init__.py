"""Read documents: encodings, file formats, paragraphs, sentences, roles."""

from glossary.texts.document import (
    language_mismatch,
    make_document,
    read_document,
    read_sentences,
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
    "REQUEST_KEYS",
    "TextRequest",
    "language_mismatch",
    "make_document",
    "normalize_language",
    "parse_request",
    "read_document",
    "read_sentences",
    "request_from_fields",
    "sentence_spans",
    "split_sentences",
    "unique_requests",
]
