"""The vocabulary as TypeScript types, for editors and for the checks of the client; knows no file."""

import inspect
import json
from collections.abc import Iterator
from types import ModuleType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from digi.protocol import commands, frames, ids, objects, simple

HEADER = "// Written by `python -m digi.protocol.codegen` from digi/protocol/*.py. Edit those.\n"

_NAMED = (
    (ids.RoomId, "RoomId"),
    (ids.MessageId, "MessageId"),
    (objects.Moment, "Moment"),
    (objects.Kind, "Kind"),
    (objects.Role, "Role"),
)
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null", Any: "unknown"}
# What Python can only call a dictionary.
_SAID_BETTER = {
    "Page.changes": 'Omit<Change, "type" | "log">[]',
    "Ask.command": "Command",
}
_ALIASES = f"""\
/** An opaque id, the same wherever it is shown. */
export type RoomId = string;

/** An opaque id, the same wherever it is shown. */
export type MessageId = string;

/** RFC 3339, in UTC with milliseconds. */
export type Moment = string;

export type Kind = {" | ".join(map(json.dumps, get_args(objects.Kind)))};

export type Role = {" | ".join(map(json.dumps, get_args(objects.Role)))};
"""
_SIMPLE_OUT = """\
/** What the simple dialect says of a message to everybody in its room. */
export type SimpleMessage = {
  type: "chat.message" | "chat.message.edit";
  message: string;
  user: string;
  message_id: MessageId;
  rev: number;
  sent_at: Moment;
  key?: string;
};

export type SimpleDeleted = {
  type: "chat.message.delete";
  user: string;
  message_id: MessageId;
  rev: number;
  sent_at: Moment;
};

/** A refusal in the simple dialect, to its sender alone. */
export type SimpleError = { type: "error" } & Problem;
"""


def text() -> str:
    """The whole of protocol.d.ts."""
    parts = [
        HEADER,
        f"export type Version = {frames.VERSION};\n",
        _ALIASES,
        *(_type(model) for model in models(objects)),
        *(_type(model) for model in models(frames)),
        _commands(),
        *(_type(model, f"Simple{model.__name__}") for model in models(simple)),
        _SIMPLE_OUT,
    ]
    return "\n".join(parts)


def models(module: ModuleType) -> Iterator[type[BaseModel]]:
    """The models that `module` defines, in its order, without those that are only there to be built upon."""
    for found in vars(module).values():
        is_own = inspect.isclass(found) and found.__module__ == module.__name__
        if is_own and issubclass(found, BaseModel) and found.model_fields:
            yield found


def is_asked(model: type[BaseModel]) -> bool:
    """Whether clients send it, so that what has a default may be left out."""
    return issubclass(model, commands.Command | frames.Sent | simple.Frame)


def hints(model: type[BaseModel]) -> dict[str, Any]:
    """The fields that `model` itself adds, with their types as they were written."""
    every = get_type_hints(model, include_extras=True)
    return {
        name: every[name]
        for name, field in model.model_fields.items()
        if name in inspect.get_annotations(model) and not field.exclude
    }


def may_be_missing(model: type[BaseModel], name: str) -> bool:
    field = model.model_fields[name]
    if name == "type":
        return False
    return field.default is None or (is_asked(model) and not field.is_required())


def of(annotation: Any) -> str:
    """The TypeScript of a Python type."""
    for known, name in _NAMED:
        if annotation == known:
            return name
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return of(arguments[0])
    if origin in (Union, UnionType):
        return " | ".join(of(argument) for argument in arguments)
    if origin is Literal:
        return " | ".join(json.dumps(argument) for argument in arguments)
    return _container(origin, arguments) if origin else _name(annotation)


def _container(origin: Any, arguments: tuple[Any, ...]) -> str:
    if origin is list:
        return f"{of(arguments[0])}[]"
    if origin is dict:
        return f"Record<{of(arguments[0])}, {of(arguments[1])}>"
    raise TypeError(f"no TypeScript is known for {origin}")


def _name(annotation: Any) -> str:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation.__name__
    return _PLAIN[annotation]


def _type(model: type[BaseModel], name: str = "") -> str:
    built_on = model.__mro__[1]
    start = f"{built_on.__name__} & " if issubclass(built_on, BaseModel) and built_on.model_fields else ""
    return f"{_comment(model)}export type {name or model.__name__} = {start}{block(model)};\n"


def block(model: type[BaseModel]) -> str:
    """The fields that `model` itself adds, in braces."""
    return "{\n" + "".join(f"  {field}: {shown};\n" for field, shown in fields(model)) + "}"


def fields(model: type[BaseModel]) -> list[tuple[str, str]]:
    """Each field's name, with a question mark if it may be missing, and its TypeScript."""
    return [_field(model, name, hint) for name, hint in hints(model).items()]


def _field(model: type[BaseModel], name: str, hint: Any) -> tuple[str, str]:
    shown = _SAID_BETTER.get(f"{model.__name__}.{name}") or of(hint)
    if not may_be_missing(model, name):
        return name, shown
    if not is_asked(model):  # left out where there is none, and never null
        shown = shown.removesuffix(" | null")
    return f"{name}?", shown


def _comment(model: type[BaseModel], indent: str = "") -> str:
    lines = inspect.cleandoc(vars(model).get("__doc__") or "").replace("*/", "* /").splitlines()
    if not lines:
        return ""
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    body = "".join(f"{indent} *{' ' if line else ''}{line}\n" for line in lines)
    return f"{indent}/**\n{body}{indent} */\n"


def _commands() -> str:
    """`Commands`, from a command's name to its fields, and from that what `Ask` carries."""
    entries = []
    for name, model in commands.BY_NAME.items():
        own = [f"    {field}: {shown};\n" for field, shown in fields(model) if field != "type"]
        entries.append(f"{_comment(model, '  ')}  {json.dumps(name)}: {{\n{''.join(own)}  }};\n")
    return (
        "/** Every command by its name, with its fields: the body of `POST /api/v1/commands/<name>`. */\n"
        f"export type Commands = {{\n{''.join(entries)}}};\n\n"
        "/** A command as a socket carries it. */\n"
        "export type Command = { [Name in keyof Commands]: { type: Name } & Commands[Name] }[keyof Commands];\n"
    )
