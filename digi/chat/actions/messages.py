"""Adding, forwarding, editing and deleting messages. Knows no door."""

import hmac
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from digi.accounts.actors import Actor
from digi.chat import access, policy, shown
from digi.chat.access import Author
from digi.chat.actions import mentions
from digi.chat.changes import Changes, changes, hold
from digi.chat.models import Member, Mention, Message, Revision, Room
from digi.errors import Conflict, DigiError, NotFound
from digi.kit.statements import insert_all, update_all
from digi.protocol import objects
from digi.protocol.commands import AddMessage, DeleteMessage, EditMessage, ForwardMessage
from digi.protocol.ids import room_of, server_key
from digi.protocol.objects import Result

Command = AddMessage | ForwardMessage
Ask = tuple[Actor, Command]
Own = tuple[int, str]
"""A person and a key of theirs."""


def add(actor: Actor, command: Command) -> Result:
    outcome = add_many([(actor, command)])[0]
    if isinstance(outcome, DigiError):
        raise outcome
    return outcome


def forward(actor: Actor, command: ForwardMessage) -> Result:
    """Say in one room what was said in another; of a forward, who wrote it first stays named."""
    return add(actor, command)


def add_many(asks: Sequence[Ask]) -> list[Result | DigiError]:
    """Add messages in one transaction, in the order given. A refused one takes no number and hinders no other.

    That a key is new is what the database's own constraint says; looked up it is only where one turns out not to be.
    """
    try:
        return _together(asks, looks_up=False)
    except IntegrityError:
        return _together(asks, looks_up=True)


def _together(asks: Sequence[Ask], *, looks_up: bool) -> list[Result | DigiError]:
    with changes(rooms={command.room for _, command in asks}, read=hold) as made:
        batch = _Batch(made, asks)
        if looks_up:
            batch.look_up(asks)
        outcomes = [batch.outcome(actor, command) for actor, command in asks]
        batch.write()
    return outcomes


class _Batch:
    """The messages of one transaction: what is read for them is read together, and they are inserted together."""

    def __init__(self, made: Changes, asks: Sequence[Ask]) -> None:
        self._made, self._now = made, timezone.now()
        self._authors = access.authors(made, ((command.room, actor.person_id) for actor, command in asks))
        self._to_reply_to = _rooms_of({one for _, command in asks if (one := _replied_to(command)) is not None})
        self._known: dict[Own, Message] = {}
        self._new: dict[Own, Message] = {}
        self._own_pos: dict[int, int] = {}
        self._mentions: list[Mention] = []

    def look_up(self, asks: Sequence[Ask]) -> None:
        """Find what these keys have added before."""
        for actor, command in asks:
            own = (actor.person_id, command.key)
            found = Message.objects.filter(author=actor.person_id, key=command.key).select_related("pinned_by").first()
            if found is not None:
                self._known[own] = found

    def outcome(self, actor: Actor, command: Command) -> Result | DigiError:
        try:
            return self._added(actor, command)
        except DigiError as error:
            return error

    def _added(self, actor: Actor, command: Command) -> Result:
        room, author = access.author(self._made, actor, command.room, self._authors)
        own = (actor.person_id, command.key)
        if own not in self._known:
            try:
                return self._add(actor, command, room, author)
            except DigiError:  # it may have been allowed when it was asked for first
                self.look_up([(actor, command)])
                if own not in self._known:
                    raise
        return Result(message=_same_or_conflict(self._known[own], command, author), is_repeat=True)

    def _add(self, actor: Actor, command: Command, room: Room, author: Author) -> Result:
        access.require_writable(room, is_blocked=author.is_blocked)
        self._require_replied_to(command)
        said = _copied(actor, command) if isinstance(command, ForwardMessage) else _written(command)
        message = Message.fresh(
            room_id=room.pk,
            author_id=author.person_id,
            key=command.key,
            sent_at=self._now,
            **said,
        )
        self._made.place(message)
        if isinstance(command, AddMessage):
            self._address(message, mentions.find(room, author, command.body))
        self._known[actor.person_id, message.key] = message
        self._new[actor.person_id, message.key] = message
        self._own_pos[author.pk] = message.pos
        change = shown.message_change(message, author.username)
        self._made.tell(change)
        return Result.model_construct(message=cast("objects.Message", change.shown))

    def _address(self, message: Message, addressed: mentions.Addressed) -> None:
        message.mentions = addressed.names
        self._mentions += mentions.rows_of(message, addressed.people)

    def _require_replied_to(self, command: Command) -> None:
        wanted = _replied_to(command)
        new = {message.pk for message in self._new.values()} if wanted is not None else ()
        if wanted is not None and wanted not in new and self._to_reply_to.get(wanted) != command.room:
            raise NotFound("There is no such message in this room to reply to.", field="reply_to")

    def write(self) -> None:
        insert_all(self._new.values())
        if self._mentions:
            Mention.objects.bulk_create(self._mentions)
        _count_as_read(self._own_pos)


def _rooms_of(message_ids: Collection[int]) -> dict[int, int]:
    """The room of each of these messages that there is."""
    return dict(Message.objects.filter(pk__in=message_ids).values_list("pk", "room")) if message_ids else {}


def _written(command: AddMessage) -> dict[str, Any]:
    return {"body": command.body, "reply_to": command.reply_to}


def _copied(actor: Actor, command: ForwardMessage) -> dict[str, Any]:
    """What the message to forward says now; raises NotFound where the actor may not read it."""
    access.member_for_message(actor, command.message)
    source = access.message(command.message)
    access.require(policy.can_forward(source), "Nobody forwards what a room itself tells.")
    access.require_undeleted(source, "message")
    forwarded_from = source.forwarded_from or source.author.username
    return {"body": source.body, "forwarded_from": forwarded_from, "digest": _digest_of_forward(command)}


def _replied_to(command: Command) -> int | None:
    return command.reply_to if isinstance(command, AddMessage) else None


def edit(actor: Actor, command: EditMessage) -> Result:
    with changes(rooms=[room_of(command.message)]) as made:
        room, member = access.writable(made, actor, room_of(command.message), "message")
        message = access.message(command.message)
        access.require(not message.forwarded_from, "A forwarded message stays as its author wrote it.")
        access.require(policy.can_edit(member, message), "Only its author may edit a message.")
        access.require_undeleted(message)
        if message.body != command.body:
            Revision.objects.create(message=message, body=message.body, written_at=message.edited_at or message.sent_at)
            message.digest = message.digest or _digest_of_text(message.room_id, message.reply_to, message.body)
            message.body, message.edited_at = command.body, timezone.now()
            mentions.renew(message, mentions.find(room, member, command.body))
            made.renew(message, message.author.username)
    return Result(message=shown.message(message, message.author.username))


def delete(actor: Actor, command: DeleteMessage) -> Result:
    """Remove the text, and all that hung on it, for everyone; deleting twice is deleting once."""
    with changes(rooms=[room_of(command.message)]) as made:
        _, member = access.writable(made, actor, room_of(command.message), "message")
        message = access.message(command.message)
        access.require(policy.can_delete(member, message), "Only its author or a moderator may delete a message.")
        if not message.is_deleted:
            _blank(message)
            made.renew(message, message.author.username)
    return Result(message=shown.message(message, message.author.username))


def _blank(message: Message) -> None:
    message.revisions.all().delete()
    mentions.forget(message)
    message.body, message.digest, message.is_deleted = "", "", True
    message.reactions, message.forwarded_from = [], ""
    message.pinned_at = message.pinned_by = None


def add_system(made: Changes, room: Room, member: Member, event: objects.Event) -> None:
    """Write into the room what `member` did; clients word it."""
    message = Message(
        room=room,
        author=member.person,
        kind=Message.Kind.SYSTEM,
        event=event.model_dump(exclude_none=True),
        key=server_key(),
        sent_at=timezone.now(),
    )
    made.place(message)
    message.save(force_insert=True)
    _count_as_read({member.pk: message.pos})
    made.tell(shown.message_change(message, member.person.username))


def _count_as_read(own_pos: Mapping[int, int]) -> None:
    """One's own messages never count as unread; devices derive that from the message itself."""
    update_all(Member, ["read_pos"], {member_id: [pos] for member_id, pos in own_pos.items()}, rises=True)


def _same_or_conflict(earlier: Message, command: Command, author: Author) -> objects.Message:
    if earlier.room_id != command.room or not (earlier.is_deleted or _is_what_was_asked(earlier, command)):
        raise Conflict("This key has been used for another message.", field="key")
    return shown.message(earlier, author.username)


def _is_what_was_asked(earlier: Message, command: Command) -> bool:
    if isinstance(command, ForwardMessage):
        return hmac.compare_digest(earlier.digest, _digest_of_forward(command))
    if earlier.digest:
        digest = _digest_of_text(command.room, command.reply_to, command.body)
        return hmac.compare_digest(earlier.digest, digest)
    return (earlier.body, earlier.reply_to) == (command.body, command.reply_to)


def _digest_of_text(room: int, reply_to: int | None, body: str) -> str:
    return _digest(f"{room}\0{reply_to or ''}\0{body}")


def _digest_of_forward(command: ForwardMessage) -> str:
    """The same whatever has become of what it copied."""
    return _digest(f"{command.room}\0forward\0{command.message}")


def _digest(content: str) -> str:
    return hmac.digest(settings.DIGI_ID_KEY, content.encode(), "sha256").hex()
