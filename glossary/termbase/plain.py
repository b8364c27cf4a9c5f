"""Values of the model as plain JSON values and back, with the model's own field names."""

from __future__ import annotations

import dataclasses
import enum
import functools
import types
import typing
from collections.abc import Callable
from typing import Any, TypeVar

from glossary.model import Authority

__all__ = ["from_plain", "to_plain"]

T = TypeVar("T")
#: Builds a value from its plain form; the second argument is its place, for messages.
_Builder = Callable[[Any, str], object]


def to_plain(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Return a model value as dicts, lists, strings and numbers, ready for JSON.

    Enumerations become the words users write: ``preferred``, ``semi-official``.
    """
    if isinstance(value, Authority):
        return value.label
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        kind: Any = type(value)
        return {field.name: to_plain(getattr(value, field.name)) for field in _fields(kind)}
    return value


def from_plain(kind: type[T], plain: object) -> T:
    """Return the value of class ``kind`` that ``to_plain`` turned into ``plain``.

    Fields that are missing take their defaults; unknown ones are refused.

    Raises:
        ValueError: a field is unknown, missing or of the wrong kind; the message names it.
    """
    hint: Any = kind
    return typing.cast(T, _builder(hint)(plain, kind.__name__.lower()))


@functools.cache
def _fields(kind: Any) -> tuple[dataclasses.Field[Any], ...]:  # noqa: ANN401
    return dataclasses.fields(kind)


@functools.cache
def _builder(hint: Any) -> _Builder:  # noqa: ANN401 - type hints are values of no common type
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        arm = next(arm for arm in typing.get_args(hint) if arm is not type(None))
        build = _builder(arm)
        return lambda plain, place: None if plain is None else build(plain, place)
    if origin is tuple:
        return _tuple_builder(typing.get_args(hint))
    if dataclasses.is_dataclass(hint):
        return _record_builder(hint)
    if issubclass(hint, enum.Enum):
        return functools.partial(_build_enum, hint)
    return functools.partial(_build_scalar, hint)


def _build_scalar(hint: type, plain: object, place: str) -> object:
    if hint is float and type(plain) is int:
        return float(plain)
    if type(plain) is not hint:
        raise ValueError(f"{place} must be {hint.__name__}, not {plain!r}")
    return plain


def _build_enum(hint: type[enum.Enum], plain: Any, place: str) -> object:  # noqa: ANN401
    try:
        return Authority.from_label(plain) if hint is Authority else hint(plain)
    except (ValueError, AttributeError) as error:
        raise ValueError(f"{place} cannot be {plain!r}") from error


def _tuple_builder(arms: tuple[Any, ...]) -> _Builder:
    builders = [_builder(arm) for arm in arms if arm is not Ellipsis]
    any_length = arms[-1] is Ellipsis

    def build(plain: object, place: str) -> object:
        if type(plain) is not list:
            raise ValueError(f"{place} must be a list, not {plain!r}")
        if not any_length and len(plain) != len(builders):
            raise ValueError(f"{place} must have {len(builders)} parts, not {len(plain)}")
        each = builders * len(plain) if any_length else builders
        return tuple(
            builder(item, f"{place}[{index}]")
            for index, (builder, item) in enumerate(zip(each, plain, strict=True))
        )

    return build


def _record_builder(kind: Any) -> _Builder:  # noqa: ANN401
    hints = typing.get_type_hints(kind)
    fields = _fields(kind)
    required = {
        field.name
        for field in fields
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    builders = {field.name: _builder(hints[field.name]) for field in fields}

    def build(plain: object, place: str) -> object:
        if type(plain) is not dict:
            raise ValueError(f"{place} must have fields, not be {plain!r}")
        unknown, missing = plain.keys() - builders.keys(), required - plain.keys()
        if unknown:
            raise ValueError(f"{place} has no field {min(map(str, unknown))!r}")
        if missing:
            raise ValueError(f"{place} lacks {', '.join(sorted(missing))}")
        value: object = kind(
            **{name: builders[name](item, f"{place}.{name}") for name, item in plain.items()}
        )
        return value

    return build
