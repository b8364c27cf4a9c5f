"""Values of the model as JSON objects and back, with the model's own field names.

A part of a segment is a string or an object; the arms of a union are told by their JSON type.
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

__all__ = ["from_plain", "to_plain"]

T = TypeVar("T")
#: Builds a value from its JSON form; the second argument is its place, for messages.
_Builder = Callable[[Any, str], object]
_SCALARS = frozenset({str, int, float, bool, types.NoneType})


def to_plain(value: Any, *, defaults: bool = True) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Return a value of the model as JSON knows it.

    Enumerations become the words users write: ``preferred``, ``semi-official``.

    Args:
        value: a value of the model, or a part of one.
        defaults: whether fields that have their default value are there too.
    """
    kind: Any = type(value)
    if kind in _SCALARS:
        return value
    if kind is tuple:
        return [to_plain(item, defaults=defaults) for item in value]
    if kind is Authority:
        return value.label
    if isinstance(value, enum.Enum):
        return value.value
    if not dataclasses.is_dataclass(value):
        return value
    return {
        name: to_plain(item, defaults=defaults)
        for name, default in _defaults(kind)
        if (item := getattr(value, name)) != default or defaults
    }


def from_plain(kind: type[T], plain: object) -> T:
    """Return the value of class ``kind`` that :func:`to_plain` turned into ``plain``.

    Fields that are missing take their defaults.

    Raises:
        ValueError: a field is unknown, missing or of the wrong kind; the message names it.
    """
    hint: Any = kind
    return typing.cast(T, _builder(hint)(plain, kind.__name__.lower()))


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


def _build_scalar(hint: type, plain: object, place: str) -> object:
    if hint is float and type(plain) is int:
        return float(plain)
    if type(plain) is not hint:
        raise ValueError(f"{place} must be of type {hint.__name__}, not {_shown(plain)}")
    return plain


def _build_enum(hint: type[enum.Enum], plain: Any, place: str) -> object:  # noqa: ANN401
    try:
        return Authority.from_label(plain) if hint is Authority else hint(plain)
    except (ValueError, AttributeError) as error:
        raise ValueError(f"{place} cannot be {_shown(plain)}") from error


def _union_builder(arms: tuple[Any, ...]) -> _Builder:
    """Return a builder that tells the arms of a union by the JSON type they have."""
    by_type: dict[type, _Builder] = {}
    for arm in arms:
        if arm is type(None):
            by_type[type(None)] = lambda _plain, _place: None
        else:
            by_type[_json_type(arm)] = _builder(arm)

    def build(plain: object, place: str) -> object:
        builder = by_type.get(type(plain))
        if builder is None:
            raise ValueError(f"{place} cannot be {_shown(plain)}")
        return builder(plain, place)

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

    def build(plain: object, place: str) -> object:
        if type(plain) is not list:
            raise ValueError(f"{place} must be a list, not {_shown(plain)}")
        if not any_length and len(plain) != len(builders):
            raise ValueError(f"{place} must have {len(builders)} parts, not {len(plain)}")
        each = builders * len(plain) if any_length else builders
        return tuple(
            builder(item, f"{place}[{index}]")
            for index, (builder, item) in enumerate(zip(each, plain, strict=True))
        )

    return build


def _build_record(hint: Any, plain: object, place: str) -> object:  # noqa: ANN401
    # Looked up when it is needed: an inline element may hold inline elements.
    return _record_builder(hint)(plain, place)


@functools.cache
def _record_builder(kind: Any) -> _Builder:  # noqa: ANN401 - a dataclass
    hints = typing.get_type_hints(kind)
    builders = {name: _builder(hints[name]) for name, _ in _defaults(kind)}
    required = {name for name, default in _defaults(kind) if default is dataclasses.MISSING}

    def build(plain: object, place: str) -> object:
        if type(plain) is not dict:
            raise ValueError(f"{place} must be an object, not {_shown(plain)}")
        unknown, missing = plain.keys() - builders.keys(), required - plain.keys()
        if unknown:
            raise ValueError(f"{place} has no field {min(unknown)!r}")
        if missing:
            raise ValueError(f"{place} lacks {', '.join(sorted(missing))}")
        value: object = kind(
            **{name: builders[name](item, f"{place}.{name}") for name, item in plain.items()}
        )
        return value

    return build


def _shown(plain: object) -> str:
    """Return a JSON value for a message of one line."""
    text = json.dumps(plain, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:40]}…"
