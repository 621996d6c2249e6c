"""Rows of rooms and messages as the wire shows them, and as changes of a log; reads nothing."""

from typing import Any, cast

from digi.accounts import shown as people
from digi.accounts.models import User
from digi.chat.models import Draft, Member, Message, Room
from digi.live.changes import PERSON, ROOM, Change, stream
from digi.protocol import objects
from digi.protocol.ids import SERVER_KEY


def message(row: Message, author: str) -> objects.Message:
    """`row.pinned_by` must be loaded."""
    return objects.Message.model_construct(
        id=row.pk,
        room=row.room_id,
        pos=row.pos,
        rev=row.rev,
        author=author,
        kind=cast("Any", row.kind),
        body=row.body,
        reply_to=row.reply_to,
        sent_at=row.sent_at,
        edited_at=row.edited_at,
        deleted=row.is_deleted,
        **_given(row),
    )


def _given(row: Message) -> dict[str, Any]:
    """What not every message has."""
    given = {
        "key": "" if row.key.startswith(SERVER_KEY) else row.key,
        "event": row.event and objects.Event(**row.event),
        "mentions": row.mentions,
        "reactions": [objects.Reaction.model_construct(**reaction) for reaction in row.reactions],
        "pinned": _pin(row),
        "forwarded_from": row.forwarded_from,
    }
    return {name: value for name, value in given.items() if value}


def _pin(row: Message) -> objects.Pin | None:
    if row.pinned_at is None or row.pinned_by is None:
        return None
    return objects.Pin.model_construct(by=row.pinned_by.username, at=row.pinned_at)


def member(row: Member) -> objects.Member:
    return objects.Member.model_construct(
        room=row.room_id,
        rev=row.rev,
        person=row.person.username,
        profile=people.person(row.person),
        role=cast("objects.Role", row.role),
        joined_at=row.joined_at,
        left=row.has_left,
    )


def room(row: Room, pair: list[User] | None = None) -> objects.Room:
    """`pair`: the two people of a direct room."""
    return objects.Room.model_construct(**_room_fields(row, pair))


def entry(
    row: Member, pair: list[User] | None, last: objects.Message | None = None, mentions: int = 0
) -> objects.Entry:
    """A room in its member's inbox; `row.room` must be loaded."""
    may_have = {"last": last, "mentions": mentions, "muted_until": row.muted_until, "starred": row.is_starred}
    given: dict[str, Any] = {name: value for name, value in may_have.items() if value}
    return objects.Entry.model_construct(
        **_room_fields(row.room, pair),
        **given,
        head=row.room.head,
        last_pos=row.room.last_pos,
        read_pos=row.read_pos,
        unread=max(0, row.room.last_pos - row.read_pos),
        role=cast("objects.Role", row.role),
        entry_rev=row.entry_rev,
    )


def _room_fields(row: Room, pair: list[User] | None) -> dict[str, Any]:
    is_direct = row.kind == Room.Kind.DIRECT
    profiles = [people.person(user) for user in pair or ()]
    both = {"people": [one.username for one in profiles], "profiles": profiles} if is_direct else {}
    return {
        **both,
        "id": row.pk,
        "rev": row.rev,
        "kind": row.kind,
        "name": None if is_direct else row.name,
        "topic": row.topic,
        "archived": row.is_archived,
        "created_at": row.created_at,
    }


def message_change(row: Message, author: str) -> Change:
    shown = message(row, author)
    return Change(stream(ROOM, row.room_id), row.rev, "message", shown, f"message:{row.pk}", row.added_rev)


def member_change(row: Member) -> Change:
    leaver = row.person_id if row.has_left else None
    ident = f"member:{row.person_id}"
    return Change(stream(ROOM, row.room_id), row.rev, "member", member(row), ident, row.added_rev, leaver=leaver)


def room_change(row: Room, pair: list[User] | None = None) -> Change:
    return Change(stream(ROOM, row.pk), row.rev, "room", room(row, pair), "room", added=1)


def draft(row: Draft) -> objects.Draft:
    return objects.Draft.model_construct(
        room=row.room_id, body=row.body, reply_to=row.reply_to, rev=row.rev, saved_at=row.saved_at
    )


def draft_change(row: Draft) -> Change:
    log, ident = stream(PERSON, row.person_id), f"draft:{row.room_id}"
    return Change(log, row.rev, "draft", draft(row), ident, row.rev)


def entry_change(
    row: Member, pair: list[User] | None = None, last: objects.Message | None = None, mentions: int = 0
) -> Change:
    """A room gained, lost or read on, in the person's log."""
    log, ident, heard = stream(PERSON, row.person_id), f"entry:{row.room_id}", stream(ROOM, row.room_id)
    if row.has_left:
        left = objects.Left.model_construct(id=row.room_id, entry_rev=row.entry_rev)
        return Change(log, row.entry_rev, "left", left, ident, row.entry_rev, stops=heard)
    shown = entry(row, pair, last, mentions)
    return Change(log, row.entry_rev, "entry", shown, ident, row.entry_rev, hears=heard)
