"""How ids and texts are read from the wire and written to it; knows sealing, but not what the numbers mean."""

import unicodedata
import uuid
from typing import Annotated, Any

from pydantic import AfterValidator as Check
from pydantic import BeforeValidator, PlainSerializer, StringConstraints, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from digi.errors import NotFound, sentence
from digi.kit import sealed

ROOM, MESSAGE = "room", "message"
ROOM_SHIFT = 32  # message id = room id · 2³² + pos

FROM_WIRE = {"from_wire": True}
"""The validation context of everything a client sent: ids must be sealed, plain numbers are refused."""


def message_id(room_id: int, pos: int) -> int:
    return (room_id << ROOM_SHIFT) | pos


def room_of(message: int) -> int:
    """The id of the room that the message with this id stands in."""
    return message >> ROOM_SHIFT


def pos_of(message: int) -> int:
    return message & ((1 << ROOM_SHIFT) - 1)


_MISSING = {
    ROOM: sentence("There is no such room, or it is not yours to see."),
    MESSAGE: sentence("There is no such message, or it is not yours to see."),
}


def _opened(kind: str) -> BeforeValidator:
    def opened(token: Any, info: ValidationInfo) -> Any:
        if isinstance(token, str):
            number = sealed.unseal(kind, token)
            if number is None:
                raise NotFound(_MISSING[kind], field=info.field_name)
            return number
        if info.context == FROM_WIRE:
            raise ValueError("should be an id as the server gave it")
        return token

    return BeforeValidator(opened)


def _sealed(kind: str) -> PlainSerializer:
    return PlainSerializer(lambda number: sealed.seal(kind, number), return_type=str, when_used="json")


_TOKEN_SCHEMA = {"type": "string", "minLength": 32, "maxLength": 32}

RoomId = Annotated[int, _opened(ROOM), _sealed(ROOM), WithJsonSchema({**_TOKEN_SCHEMA, "title": "RoomId"})]
MessageId = Annotated[int, _opened(MESSAGE), _sealed(MESSAGE), WithJsonSchema({**_TOKEN_SCHEMA, "title": "MessageId"})]


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("may not contain the NUL character")
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("may not be empty")
    return text


# Invisible or direction-changing characters let one name pass for another (UTS #36, CVE-2020-20093).
_DECEPTIVE = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def one_line(text: str) -> str:
    """`text` as a name: NFC, white space folded to single blanks, nothing invisible; raises ValueError."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    if any(char in _DECEPTIVE or unicodedata.category(char) == "Cc" for char in folded):
        raise ValueError("may not contain invisible or control characters")
    return folded


def _at_most(length: int) -> Check:
    """Once more after NFC, which writes some characters out as several (U+0958)."""

    def check(text: str) -> str:
        if len(text) > length:
            raise PydanticCustomError("string_too_long", "has at most {max_length} characters", {"max_length": length})
        return text

    return Check(check)


def _room_name(text: str) -> str:
    name = _not_blank(one_line(text))
    if "/" in name or name in {".", ".."}:
        raise ValueError("may not contain a slash, or be only dots")
    return name


def _emoji(text: str) -> str:
    """One emoji as people type it: a few code points, none of them a letter, a control or white space."""
    if not any(ord(char) > 0xFF or char == "\u20e3" for char in text) or any(
        char.isalpha() or char.isspace() or unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} for char in text
    ):
        raise ValueError("should be one emoji")
    return text


MAX_BODY = 8000  # code points

Body = Annotated[str, StringConstraints(max_length=MAX_BODY), Check(_without_nul), Check(_not_blank)]
DraftBody = Annotated[str, StringConstraints(max_length=MAX_BODY), Check(_without_nul)]
RoomName = Annotated[str, StringConstraints(max_length=80), Check(_room_name), _at_most(80)]
Topic = Annotated[str, StringConstraints(max_length=250), Check(one_line), _at_most(250)]
DisplayName = Annotated[str, StringConstraints(max_length=60), Check(one_line), Check(_not_blank), _at_most(60)]
Emoji = Annotated[str, StringConstraints(min_length=1, max_length=16), Check(_emoji)]
Username = Annotated[str, StringConstraints(min_length=1, max_length=64), Check(_without_nul)]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]{8,64}$")]
SERVER_KEY = "_"
"""Keys that the server makes where a client gave none start with this, which no client's key may."""


def server_key() -> str:
    return SERVER_KEY + uuid.uuid4().hex


Ref = Annotated[str, StringConstraints(max_length=64)]
