"""Strict JSON in, compact JSON out; knows no frame."""

import json
from typing import Any, NoReturn

from digi.errors import Invalid


def decode(text: str) -> dict[str, Any]:
    """The one JSON object in `text`; raises Invalid for anything that two readers could understand differently."""
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise Invalid("The JSON is nested too deeply.") from None
    except ValueError as error:
        raise Invalid("That is not JSON: {reason}.", reason=error) from None
    if not isinstance(value, dict):
        raise Invalid("A JSON object is wanted.")
    _refuse_lone_surrogates(value, text)
    return value


def encode(value: Any) -> str:
    """Compact JSON that is not ASCII-escaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def compose(value: Any) -> str:
    """As `encode`, of lists and objects whose parts may know their own JSON, as what is shown does (`json_text`)."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{encode(name)}:{compose(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compose, value)) + "]"
    known = getattr(value, "json_text", None)
    return str(known()) if known is not None else encode(value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Invalid("A key stands twice in one object.", field=printable(twice))
    return fields


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)


def _refuse_lone_surrogates(fields: dict[str, Any], text: str) -> None:
    if "\\u" not in text:  # raw text was valid UTF-8 already; only an escape can hide half a pair
        return
    for name, value in fields.items():
        try:
            json.dumps({name: value}, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise Invalid("Text holds half of a surrogate pair.", field=printable(name)) from None


def printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()[:100]
