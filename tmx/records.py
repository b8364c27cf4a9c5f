"""Values of the model as JSON objects and back, whole: what the lossless JSON lines are made of.

Fields have the model's own names; those with their default value are left out, so that a file
stays readable and a later version may add fields. A part of a segment is a string or an object.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import json
import types
import typing
from collections.abc import Callable
from typing import Any, TypeVar

from glossary.model import Authority

__all__ = ["dump_line", "from_record", "to_record"]

T = TypeVar("T")
#: Builds a value from its JSON form; the second argument is its place, for messages.
_Builder = Callable[[Any, str], object]

# Python's JSON leaves these as they are; programs that split text at every Unicode line break
# would see two lines.
_LINE_BREAKS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def dump_line(record: dict[str, Any]) -> str:
    """Return a record as one line of JSON, with its line feed."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).translate(_LINE_BREAKS)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # A lone surrogate cannot stand in a UTF-8 file, but its escape can.
        text = json.dumps(record, separators=(",", ":"))
    return text + "\n"


def to_record(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Return a value of the model as JSON knows it.

    Enumerations become the words users write: ``preferred``, ``semi-official``.
    """
    if isinstance(value, str) and not isinstance(value, enum.Enum):
        return value
    if isinstance(value, tuple):
        return [to_record(item) for item in value]
    if isinstance(value, Authority):
        return value.label
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        kind: Any = type(value)
        return {
            name: to_record(item)
            for name, default in _defaults(kind)
            if (item := getattr(value, name)) != default
        }
    return value


def from_record(kind: type[T], record: object) -> T:
    """Return the value of class ``kind`` that :func:`to_record` turned into ``record``.

    Raises:
        ValueError: a field is unknown, missing or of the wrong kind; the message names it.
    """
    hint: Any = kind
    return typing.cast(T, _builder(hint)(record, kind.__name__.lower()))


@functools.cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:  # noqa: ANN401 - a dataclass
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


@functools.cache
def _builder(hint: Any) -> _Builder:  # noqa: ANN401 - type hints are values of no common type
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _union_builder(typing.get_args(hint))
    if origin is tuple:
        return _tuple_builder(typing.get_args(hint))
    if dataclasses.is_dataclass(hint):
        return functools.partial(_build_record, hint)
    if issubclass(hint, enum.Enum):
        return functools.partial(_build_enum, hint)
    return functools.partial(_build_scalar, hint)


def _build_scalar(hint: type, record: object, place: str) -> object:
    if hint is float and type(record) is int:
        return float(record)
    if type(record) is not hint:
        raise ValueError(f"{place} must be of type {hint.__name__}, not {_shown(record)}")
    return record


def _build_enum(hint: type[enum.Enum], record: Any, place: str) -> object:  # noqa: ANN401
    try:
        return Authority.from_label(record) if hint is Authority else hint(record)
    except (ValueError, AttributeError) as error:
        raise ValueError(f"{place} cannot be {_shown(record)}") from error


def _union_builder(arms: tuple[Any, ...]) -> _Builder:
    """Return a builder that tells the arms of a union by the JSON type they have."""
    by_type: dict[type, _Builder] = {}
    for arm in arms:
        if arm is type(None):
            by_type[type(None)] = lambda _record, _place: None
        else:
            by_type[_json_type(arm)] = _builder(arm)

    def build(record: object, place: str) -> object:
        builder = by_type.get(type(record))
        if builder is None:
            raise ValueError(f"{place} cannot be {_shown(record)}")
        return builder(record, place)

    return build


def _json_type(hint: Any) -> type:  # noqa: ANN401
    if dataclasses.is_dataclass(hint):
        return dict
    if issubclass(hint, enum.Enum):
        return str
    return typing.cast(type, hint)


def _tuple_builder(arms: tuple[Any, ...]) -> _Builder:
    builders = [_builder(arm) for arm in arms if arm is not Ellipsis]
    any_length = arms[-1] is Ellipsis

    def build(record: object, place: str) -> object:
        if type(record) is not list:
            raise ValueError(f"{place} must be a list, not {_shown(record)}")
        if not any_length and len(record) != len(builders):
            raise ValueError(f"{place} must have {len(builders)} parts, not {len(record)}")
        each = builders * len(record) if any_length else builders
        return tuple(
            builder(item, f"{place}[{index}]")
            for index, (builder, item) in enumerate(zip(each, record, strict=True))
        )

    return build


def _build_record(hint: Any, record: object, place: str) -> object:  # noqa: ANN401
    # Looked up when it is needed: an inline element may hold inline elements.
    return _record_builder(hint)(record, place)


@functools.cache
def _record_builder(kind: Any) -> _Builder:  # noqa: ANN401 - a dataclass
    hints = typing.get_type_hints(kind)
    builders = {name: _builder(hints[name]) for name, _ in _defaults(kind)}
    required = {name for name, default in _defaults(kind) if default is dataclasses.MISSING}

    def build(record: object, place: str) -> object:
        if type(record) is not dict:
            raise ValueError(f"{place} must be an object, not {_shown(record)}")
        unknown, missing = record.keys() - builders.keys(), required - record.keys()
        if unknown:
            raise ValueError(f"{place} has no field {min(unknown)!r}")
        if missing:
            raise ValueError(f"{place} lacks {', '.join(sorted(missing))}")
        value: object = kind(
            **{name: builders[name](item, f"{place}.{name}") for name, item in record.items()}
        )
        return value

    return build


def _shown(record: object) -> str:
    """Return a JSON value for a message of one line."""
    text = json.dumps(record)
    return text if len(text) <= 40 else f"{text[:40]}…"
