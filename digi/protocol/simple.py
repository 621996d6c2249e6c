"""The `simple` dialect, `/ws/chat/<connection id>/`: one room, for anyone with ten lines of code.

In: `{"type": "add", "message", "key"?}`, `{"type": "edit", "message_id", "message"}`, `{"type": "delete",
"message_id"}`. Anything else in a frame, such as a `user`, is ignored: the author is who is signed in.
Out: `chat.message`, `chat.message.edit`, `chat.message.delete`, and `error` to the sender alone.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from digi.errors import NotFound
from digi.protocol.commands import AddMessage, Command, DeleteMessage, EditMessage, refusal
from digi.protocol.ids import FROM_WIRE, Body, Key, MessageId, room_of
from digi.protocol.objects import Message, rfc3339


class Frame(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, hide_input_in_errors=True)


class Add(Frame):
    type: Literal["add"]
    message: Body
    key: Key | None = None


class Edit(Frame):
    type: Literal["edit"]
    message_id: MessageId
    message: Body


class Delete(Frame):
    type: Literal["delete"]
    message_id: MessageId


_FRAMES: TypeAdapter[Add | Edit | Delete] = TypeAdapter(Annotated[Add | Edit | Delete, Field(discriminator="type")])


def read(fields: dict[str, Any], room_id: int) -> Command:
    """The command that a client's frame in this room asks for; raises Invalid."""
    try:
        frame = _FRAMES.validate_python(fields, context=FROM_WIRE)
    except ValidationError as error:
        raise refusal(error, of_frames=True) from None
    match frame:
        case Add():
            if frame.key is None:
                return AddMessage(room=room_id, body=frame.message)
            return AddMessage(room=room_id, body=frame.message, key=frame.key)
        case Edit():
            return EditMessage(message=_here(frame.message_id, room_id), body=frame.message)
        case Delete():
            return DeleteMessage(message=_here(frame.message_id, room_id))


def _here(message: int, room_id: int) -> int:
    """A socket of one room does not reach into another, even where its person could."""
    if room_of(message) != room_id:
        raise NotFound(field="message_id")
    return message


def content(kind: str, message: Message) -> dict[str, Any]:
    """A `chat.message` or `chat.message.edit` frame."""
    frame = {"type": kind, "message": message.body, "user": message.author, **_position(message)}
    return frame if message.key is None else {**frame, "key": message.key}


def removal(message: Message) -> dict[str, Any]:
    """A `chat.message.delete` frame."""
    return {"type": "chat.message.delete", "user": message.author, **_position(message)}


def _position(message: Message) -> dict[str, Any]:
    shown = message.model_dump(mode="json", include={"id", "rev"})
    return {"message_id": shown["id"], "rev": shown["rev"], "sent_at": rfc3339(message.sent_at)}
