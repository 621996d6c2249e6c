"""Tables of rooms and messages. Rows only; read through `queries`, written by `actions` alone."""

from digi.chat.models.messages import Draft, Mention, Message, Revision
from digi.chat.models.rooms import Member, Room

__all__ = ["Draft", "Member", "Mention", "Message", "Revision", "Room"]
