"""The manual of the wire, docs/protocol.md: the text of manual.md around tables of what there is; knows no file."""

import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from digi import errors
from digi.protocol import commands, frames, ids, objects, simple, typescript

# Named texts: what they are called, how their limits are found, and the rest of their rules.
_TEXTS = (
    (ids.Body, "body", "Not blank; no NUL. Plain text, line breaks and all; it is kept as it was sent."),
    (ids.RoomName, "room name", "One line, not blank, without a slash, and not only dots."),
    (ids.Topic, "topic", "One line; may be empty."),
    (ids.DisplayName, "display name", "One line, not blank."),
    (ids.Username, "username", "Compared in NFKC and case-folded, so that `Alice` finds `alice`."),
    (ids.Key, "key", "Chosen by the client, at random: a UUID in lower case is one."),
    (ids.Emoji, "emoji", "One emoji, as people type it."),
    (ids.DraftBody, "draft", "May be empty."),
    (ids.Ref, "ref", "Chosen by the client; comes back in the answer."),
)
_ANSWERS = {
    "message.add": "message",
    "message.edit": "message",
    "message.delete": "message",
    "message.forward": "message",
    "message.react": "message",
    "message.pin": "message",
    "room.create": "room",
    "room.open": "room",
    "room.join": "room",
    "room.leave": "",
    "room.invite": "member",
    "room.remove": "member",
    "room.role": "member",
    "room.rename": "room",
    "room.topic": "room",
    "room.archive": "room",
    "room.read": "room",
    "room.unread": "room",
    "room.mute": "room",
    "room.star": "room",
    "draft.save": "draft",
    "friend.request": "friend, person",
    "friend.accept": "friend, person",
    "friend.decline": "friend, person",
    "friend.withdraw": "friend, person",
    "friend.remove": "friend, person",
    "person.block": "block, person",
    "person.unblock": "block, person",
    "profile.edit": "person",
    "settings.edit": "me",
}
_WHEN = {
    "unauthenticated": "Nobody is signed in, or the session or token has ended.",
    "forbidden": "One may see the thing, but not do this to it.",
    "not_found": "The thing does not exist, or is not one's to see: the two are answered alike.",
    "conflict": "It clashes with what is there: a name that is taken, a key that was used for another message.",
    "invalid": "The request breaks a rule of form; `field` says where.",
    "too_fast": "Too many requests; `retry_after` says when to go on.",
    "unavailable": "The server cannot write just now. Nothing was written; the same request may succeed later.",
}
_CARRIED = (frames.Page, frames.Problem, frames.Limits)


def text() -> str:
    """The whole of protocol.md."""
    written = files("digi.protocol").joinpath("manual.md").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: _PARTS[found[1]]().rstrip("\n"), written)


def answers_with(command: str) -> list[str]:
    """The fields of a command's result."""
    return [name for name in _ANSWERS[command].split(", ") if name]


def _sections(models: Iterable[type[BaseModel]], title: Callable[[type[BaseModel]], str], level: str = "###") -> str:
    return "\n".join(f"{level} {title(model)}\n\n{_shown(model)}" for model in models)


def _shown(model: type[BaseModel]) -> str:
    """What the server tells, as the type it has."""
    said = _said(model)
    built_on = model.__mro__[1]
    if issubclass(built_on, BaseModel) and built_on.model_fields:
        said += f" Everything of [{built_on.__name__}](#{built_on.__name__.lower()}), and:"
    return "\n\n".join(part for part in (said, f"```ts\n{typescript.block(model)}\n```") if part) + "\n"


def _asked(model: type[BaseModel], *, without: str = "") -> str:
    """What a client sends, with its limits."""
    hints = typescript.hints(model)
    rows = [
        (f"`{name}`", f"`{shown}`", _limits(hint))
        for (name, shown), hint in zip(typescript.fields(model), hints.values(), strict=True)
        if name != without
    ]
    return f"{_said(model)}\n\n{_table(('Field', 'Type', 'Limits'), rows)}\n"


def _said(model: type[BaseModel]) -> str:
    return inspect.cleandoc(vars(model).get("__doc__") or "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _limits(hint: Any) -> str:
    for known, name, _ in _TEXTS:
        if hint == known:
            return f"a [{name}](#texts)"
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        own = [_constraint(extra, "entries" if get_origin(arguments[0]) else "characters") for extra in arguments[1:]]
        return ", ".join(part for part in (*own, _limits(arguments[0])) if part)
    if origin is list:
        return f"each {_limits(arguments[0])}" if _limits(arguments[0]) else ""
    if origin is Union or len(arguments) > 1:
        return next((found for argument in arguments if (found := _limits(argument))), "")
    return ""


def _constraint(extra: Any, unit: str) -> str:
    if isinstance(extra, FieldInfo):
        return ", ".join(_constraint(part, unit) for part in extra.metadata)
    low, high = getattr(extra, "ge", None), getattr(extra, "le", None)
    most = getattr(extra, "max_length", None)
    if low is not None:
        return f"from {_number(low)}"
    if high is not None:
        return f"to {_number(high)}"
    return f"at most {_number(most)} {unit}" if most is not None else ""


def _number(number: float) -> str:
    known = {2**31 - 1: "2³¹-1", 2**62: "2⁶²"}
    return known.get(int(number), f"{number:,}")


# ── the parts that manual.md names ──


def _commands() -> str:
    parts = []
    for name, model in commands.BY_NAME.items():
        answer = ", ".join(f"`{field}`" for field in answers_with(name)) or "nothing"
        parts.append(f"### `{name}`\n\n{_asked(model, without='type')}\nAnswers with {answer}.\n")
    return "\n".join(parts)


def _frames_asked() -> str:
    found = [model for model in typescript.models(frames) if typescript.is_asked(model)]
    return "\n".join(f"#### `{_type_of(model)}`\n\n{_asked(model)}" for model in found)


def _frames_told() -> str:
    found = [model for model in typescript.models(frames) if not typescript.is_asked(model)]
    return _sections([model for model in found if model not in _CARRIED], lambda model: f"`{_type_of(model)}`", "####")


def _type_of(model: type[BaseModel]) -> str:
    return str(get_args(model.model_fields["type"].annotation)[0])


def _simple_asked() -> str:
    return "\n".join(f"### `{_type_of(model)}`\n\n{_asked(model).lstrip()}" for model in typescript.models(simple))


def _texts() -> str:
    return _table(("Text", "Length", "Rules"), [(name, _length(kind), rule) for kind, name, rule in _TEXTS])


def _length(kind: Any) -> str:
    found = next(part for part in get_args(kind) if isinstance(part, StringConstraints))
    if found.pattern:
        pattern = str(found.pattern).removeprefix("^").removesuffix(r"\z").removesuffix("$")
        return f"`{pattern}`"
    return f"at most {_number(found.max_length or 0)} code points"


def _errors() -> str:
    found = sorted(errors.DigiError.__subclasses__(), key=lambda error: error.status)
    ours = [error for error in found if error.__module__ == errors.__name__]
    return _table(
        ("Code", "HTTP", "When"), [(f"`{error.code}`", str(error.status), _WHEN[error.code]) for error in ours]
    )


_PARTS: dict[str, Callable[[], str]] = {
    "version": lambda: str(frames.VERSION),
    "body": lambda: _number(ids.MAX_BODY),
    "frame": lambda: f"{frames.MAX_FRAME // 1024} KiB",
    "cursors": lambda: _number(frames.MAX_CURSORS),
    "watched": lambda: _number(frames.MAX_WATCHED),
    "texts": _texts,
    "errors": _errors,
    "asked": _frames_asked,
    "told": _frames_told,
    "carried": lambda: _sections(_CARRIED, lambda model: model.__name__, "####"),
    "objects": lambda: _sections(typescript.models(objects), lambda model: model.__name__),
    "commands": _commands,
    "simple": _simple_asked,
}
