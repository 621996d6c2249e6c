"""`digi demo`: people, rooms and conversations to look at, made through the same commands as everything else."""

import argparse
import re
import secrets
import sys
import time

from digi.accounts import actors, people
from digi.accounts.actors import Actor
from digi.console import preparing
from digi.console.samples import BOTS, FRIENDS, PEOPLE, REQUESTS, ROOMS, Room
from digi.errors import Conflict, TooFast
from digi.execute import execute
from digi.protocol import commands as c
from digi.protocol.objects import Entry, Message, Result

_LINE = re.compile(r"(?P<name>\w+)(?:\^(?P<up>\d+)|(?P<mark>[*>-]))?: (?P<text>.+)")
_BEHIND = 4  # messages, for who has not read the end


def demo(_options: argparse.Namespace) -> int:
    """Fill the server with a sample; raises Conflict where its people are there already."""
    preparing.prepare_database()
    if any(people.is_taken(name) for name in (*PEOPLE, *BOTS)):
        raise Conflict("The sample is here already, or people with the names of its people are.")
    password = secrets.token_urlsafe(9)
    sample = Sample(password)
    sample.befriend()
    for room in ROOMS:
        sample.fill(room)
    _tell(sample, password)
    return 0


def _tell(sample: "Sample", password: str) -> None:
    owner = next((name for name in PEOPLE if people.find(name).is_owner), None)
    print(f"{len(PEOPLE)} people, {len(ROOMS)} rooms and {sample.count} messages are there.", file=sys.stderr)
    if owner:
        print(f"Nobody owned this server: {owner} does now.", file=sys.stderr)
    print("Sign in as any of them; the password is the same for all, and is not shown again:", file=sys.stderr)
    print(f"usernames: {', '.join(PEOPLE)}")
    print(f"password:  {password}")


class Sample:
    """The people of the sample, as long as they act."""

    def __init__(self, password: str) -> None:
        self._said: list[Message] = []
        self._actors: dict[str, Actor] = {}
        for name, (shown, hue) in (PEOPLE | BOTS).items():
            user = people.create(name, password if name in PEOPLE else None, is_bot=name in BOTS)
            self._actors[name] = actors.of(user)
            self._do(name, c.EditProfile(display_name=shown, hue=hue))

    @property
    def count(self) -> int:
        """How many messages there are."""
        return len(self._said)

    def befriend(self) -> None:
        for one, other in (pair.split() for pair in (*FRIENDS, *REQUESTS)):
            self._do(one, c.RequestFriend(person=other))
        for one, other in (pair.split() for pair in FRIENDS):
            self._do(other, c.AcceptFriend(person=one))

    def fill(self, room: Room) -> None:
        """Make the room, have its people come and talk, and read what they have read."""
        founder, *others = room.people.split()
        entry = self._make(room, founder, others)
        if room.topic:
            self._do(founder, c.SetTopic(room=entry.id, topic=room.topic))
        if room.moderator:
            self._do(founder, c.ChangeRole(room=entry.id, person=room.moderator, role="moderator"))
        said = self._talk(entry.id, room.talk)
        for name in room.people.split():
            self._read(name, said, behind=_BEHIND if name in room.unread.split() else 0)
        for name in room.starred.split():
            self._do(name, c.StarRoom(room=entry.id))
        for name in room.muted.split():
            self._do(name, c.MuteRoom(room=entry.id))
        if room.is_archived:
            self._do(founder, c.ArchiveRoom(room=entry.id))

    def _read(self, name: str, said: list[Message], *, behind: int) -> None:
        """Have somebody read all but the end, and what they said themselves."""
        last = said[-1]
        own = max((message.pos for message in said if message.author == name), default=0)
        self._do(name, c.MarkRead(room=last.room, pos=last.pos))
        if behind and own < last.pos:
            self._do(name, c.MarkUnread(room=last.room, pos=max(own, last.pos - behind) + 1))

    def _make(self, room: Room, founder: str, others: list[str]) -> Entry:
        if room.kind == "public":
            made = self._do(founder, c.OpenRoom(name=room.name)).room
            for name in others:
                self._do(name, c.OpenRoom(name=room.name))
        elif room.kind == "group":
            made = self._do(founder, c.CreateRoom(kind="group", name=room.name, people=others)).room
        else:
            made = self._do(founder, c.CreateRoom(kind="direct", people=others)).room
        assert made is not None
        return made

    def _talk(self, room_id: int, talk: str) -> list[Message]:
        """Have each line said, and what stands below it put to it."""
        said: list[Message] = []
        for line in talk.splitlines():
            if line.startswith("  "):
                self._put(said[-1], line)
            else:
                said.append(self._say(room_id, line, said))
                self._said.append(said[-1])
        return said

    def _put(self, message: Message, line: str) -> None:
        what, *names = line.split()
        for name in names:
            self._do(
                name,
                c.PinMessage(message=message.id) if what == "pin" else c.ReactToMessage(message=message.id, emoji=what),
            )

    def _say(self, room_id: int, line: str, said: list[Message]) -> Message:
        found = _LINE.fullmatch(line)
        assert found is not None, line
        name, mark = found["name"], found["mark"]
        body, _, better = found["text"].replace("\\n", "\n").partition(" => ")
        reply_to = said[-int(found["up"])].id if found["up"] else None
        if mark == ">":
            message = self._do(name, c.ForwardMessage(message=self._found(body).id, room=room_id)).message
        else:
            message = self._do(name, c.AddMessage(room=room_id, body=body, reply_to=reply_to)).message
        assert message is not None
        if mark == "*":
            self._do(name, c.EditMessage(message=message.id, body=better))
        elif mark == "-":
            self._do(name, c.DeleteMessage(message=message.id))
        return message

    def _found(self, words: str) -> Message:
        return next(message for message in reversed(self._said) if words in message.body)

    def _do(self, name: str, command: c.Command) -> Result:
        """As anybody else: not faster than the server allows."""
        while True:
            try:
                return execute(self._actors[name], command)
            except TooFast as wait:
                time.sleep(wait.retry_after or 1)
