"""Exchange formats: one module a format, each with the same small interface.

A codec module has ``CODEC`` (what the format is and carries), ``load(path)``, ``iter_load(path)``
and ``dump(value, path, **options)``, which returns a report of what was written and what the
format could not carry.
"""

from tmx.interface import CodecInfo, DumpReport, Feature, Loss, ValueKind
from tmx.registry import Codec, codec, codec_for, codecs

__all__ = [
    "Codec",
    "CodecInfo",
    "DumpReport",
    "Feature",
    "Loss",
    "ValueKind",
    "codec",
    "codec_for",
    "codecs",
]
