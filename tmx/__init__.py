"""Exchange formats: one module a format, each with the same small interface."""
