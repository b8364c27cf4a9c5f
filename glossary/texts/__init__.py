"""Read documents: encodings, file formats, paragraphs, sentences, roles."""
