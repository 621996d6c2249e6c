"""Keeping messages where all members find them. Knows no door."""

from django.utils import timezone

from digi.accounts.actors import Actor
from digi.accounts.models import User
from digi.chat import access, policy, shown
from digi.chat.changes import changes
from digi.chat.models import Message
from digi.errors import Conflict
from digi.protocol.commands import PinMessage
from digi.protocol.ids import room_of
from digi.protocol.objects import Result

MOST_PINS = 100


def pin(actor: Actor, command: PinMessage) -> Result:
    """Pin or unpin; doing so twice is doing so once, and who pinned first is named."""
    with changes(rooms=[room_of(command.message)]) as made:
        room, member = access.writable(made, actor, room_of(command.message), "message")
        message = access.message(command.message)
        access.require(policy.can_pin(member, room), "Only moderators pin messages in a public room.")
        if command.pinned:
            _require_pinnable(message)
        if command.pinned != (message.pinned_at is not None):
            _put(message, member.person if command.pinned else None)
            made.renew(message, message.author.username)
    return Result(message=shown.message(message, message.author.username))


def _require_pinnable(message: Message) -> None:
    access.require(message.kind == Message.Kind.TEXT, "Nobody pins what the room itself tells.")
    access.require_undeleted(message)
    pinned = Message.objects.filter(room=message.room_id, pinned_at__isnull=False).exclude(pk=message.pk)
    if pinned.count() >= MOST_PINS:
        raise Conflict("A room has at most a hundred pinned messages. Unpin one first.")


def _put(message: Message, by: User | None) -> None:
    message.pinned_by = by
    message.pinned_at = timezone.now() if by else None
