"""The one way in which rooms change: locked, numbered, told after the commit."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager

from digi.accounts import logs
from digi.accounts.models import User
from digi.chat import logs as rows
from digi.chat import shown
from digi.chat.models import Draft, Member, Message, Room
from digi.kit.compiled import Compiled
from digi.kit.cursors import current
from digi.protocol.ids import message_id

Read = Callable[[Collection[int]], Iterable[Room]]

_rooms = logs.locking(Room)
_keys = Compiled(lambda ids: logs.locked(Room, ids).values_list("pk"))


def hold(ids: Collection[int]) -> Iterable[Room]:
    """Lock rooms and read nothing: SQLite, whose transactions lock all there is, need not be asked."""
    if current().features.has_select_for_update:
        _keys(ids)
    return ()


class Changes(logs.Changes):
    """One transaction's changes of some rooms' and people's logs. Rooms are locked before people, each in id order."""

    def __init__(self, rooms: Iterable[int], people: Iterable[int], read: Read = _rooms) -> None:
        self.rooms = logs.Locked(Room, read, "head", "last_pos")
        self.rooms.lock(rooms)
        super().__init__(people)

    def write(self) -> None:
        self.rooms.write()
        super().write()

    def place(self, message: Message) -> None:
        """Give a new message the room's next pos and rev."""
        room = self.rooms[message.room_id]
        room.last_pos += 1
        message.pos = room.last_pos
        message.rev = message.added_rev = self.rooms.next_rev(room.pk)
        message.pk = message_id(room.pk, message.pos)

    def renew(self, message: Message, author: str) -> None:
        """Give a changed message the next rev, write it and tell it."""
        message.rev = self.rooms.next_rev(message.room_id)
        message.save()
        self.tell(shown.message_change(message, author))

    def renew_room(self, room: Room, *fields: str, pair: list[User] | None = None) -> None:
        room.rev = self.rooms.next_rev(room.pk)
        room.save(update_fields=[*fields, "rev", "head"])
        self.tell(shown.room_change(room, pair))

    def renew_member(self, member: Member, pair: list[User] | None = None) -> None:
        """Write a membership that began, ended or changed its role into the room's log and the person's."""
        member.rev = self.rooms.next_rev(member.room_id)
        member.entry_rev = self.people.next_rev(member.person_id)
        if member._state.adding:
            member.added_rev = member.rev
        member.save()
        self.tell(shown.member_change(member))
        self._tell_entry(member, pair)

    def renew_entry(self, member: Member, *fields: str) -> None:
        """Write what a member keeps of a room for themselves into the person's log; the room's does not care."""
        member.entry_rev = self.people.next_rev(member.person_id)
        member.save(update_fields=[*fields, "entry_rev"])
        self._tell_entry(member, rows.pair_of(member.room))

    def tell_entry(self, member: Member, pair: list[User] | None) -> None:
        """Give what a member keeps of a room the next rev of the person's log and tell it; whoever asked writes it."""
        member.entry_rev = self.people.next_rev(member.person_id)
        self._tell_entry(member, pair)

    def _tell_entry(self, member: Member, pair: list[User] | None) -> None:
        mentions = rows.unread_mentions(member.person_id, [member])
        self.tell(shown.entry_change(member, pair, mentions=mentions.get(member.room_id, 0)))

    def renew_draft(self, draft: Draft) -> None:
        draft.rev = self.people.next_rev(draft.person_id)
        draft.save()
        self.tell(shown.draft_change(draft))


def changes(
    rooms: Iterable[int] = (), people: Iterable[int] = (), read: Read = _rooms
) -> AbstractContextManager[Changes]:
    """One transaction over the logs of `rooms` and `people`: locked on entering, published after the commit.

    `read` locks and reads the rooms; with `hold`, who asks takes them in with what else they read.
    """
    return logs.committed(lambda: Changes(rooms, people, read))
