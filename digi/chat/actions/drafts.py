"""What people have begun to write, kept for their other devices. Knows no door."""

from django.utils import timezone

from digi.accounts.actors import Actor
from digi.chat import access, shown
from digi.chat.changes import Changes, changes
from digi.chat.models import Draft, Member, Room
from digi.errors import NotFound
from digi.protocol.commands import SaveDraft
from digi.protocol.ids import pos_of, room_of
from digi.protocol.objects import Result


def save(actor: Actor, command: SaveDraft) -> Result:
    """Keep or, where `body` is empty, forget; the same again changes nothing."""
    with changes(people=[actor.person_id]) as made:
        member = access.member(actor, command.room)
        reply_to = command.reply_to if command.body else None
        _require_here(member.room, reply_to)
        draft = _draft_of(member)
        if (draft.body, draft.reply_to) != (command.body, reply_to):
            draft.body, draft.reply_to, draft.saved_at = command.body, reply_to, timezone.now()
            made.renew_draft(draft)
    return Result(draft=shown.draft(draft))


def forget(made: Changes, member: Member) -> None:
    """Empty the draft in a room that a person leaves; `made` holds the person locked."""
    draft = Draft.objects.filter(person=member.person_id, room=member.room_id).exclude(body="").first()
    if draft is not None:
        draft.body, draft.reply_to, draft.saved_at = "", None, timezone.now()
        made.renew_draft(draft)


def _draft_of(member: Member) -> Draft:
    found = Draft.objects.filter(person=member.person_id, room=member.room_id).first()
    return found or Draft(person_id=member.person_id, room_id=member.room_id, saved_at=timezone.now(), rev=0)


def _require_here(room: Room, reply_to: int | None) -> None:
    if reply_to is not None and not (room_of(reply_to) == room.pk and 1 <= pos_of(reply_to) <= room.last_pos):
        raise NotFound("There is no such message in this room to reply to.", field="reply_to")
