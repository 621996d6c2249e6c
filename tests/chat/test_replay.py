"""Snapshot ≡ replay: what the server told of any history, replayed by the browser's own code, is what the API shows."""

import json
import os
import random
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bootstrap
import node
import pytest

from digi.accounts import queries as accounts
from digi.accounts.models import User
from digi.chat import queries
from digi.errors import DigiError
from digi.execute import execute
from digi.gateway.chat.dialects import Digi
from digi.kit import sealed
from digi.live import publishing, sources
from digi.live.changes import PERSON, ROOM, Change, Published, stream
from digi.protocol import codec
from digi.protocol import commands as c
from digi.protocol.ids import ROOM as ROOM_ID
from tests.conftest import as_actor

pytestmark = pytest.mark.django_db

STEPS, SNAPSHOTS = 240, 4
EMOJI = ("👍", "🎉", "❤️")
EVERYTHING = 10**6


@dataclass
class Recorder:
    """What alice's socket is told, and what her pages show meanwhile."""

    alice: User
    frames: list[dict[str, Any]] = field(default_factory=list)
    snapshots: list[dict[str, Any]] = field(default_factory=list)
    entered: list[tuple[int, str]] = field(default_factory=list)
    hears: set[str] = field(default_factory=set)

    def heard(self, published: Sequence[Published]) -> None:
        own = stream(PERSON, self.alice.pk)
        for change in published:
            if not isinstance(change, Change) or change.stream not in {own, *self.hears}:
                continue
            self.frames.append(json.loads(Digi().change(change, change.rev - 1) or ""))
            if change.stream == own:
                self._moved(change)

    def _moved(self, change: Change) -> None:
        """A socket hears a room from the entry in its person's log on, until that log says `left`."""
        if change.kind not in {"entry", "left"}:
            return
        room: int = change.shown.id  # type: ignore[attr-defined]
        name = stream(ROOM, room)
        if change.kind == "left":
            self.hears.discard(name)
        elif name not in self.hears:
            self.hears.add(name)
            self.entered.append((len(self.frames), sealed.seal(ROOM_ID, room)))

    def snapshot(self) -> None:
        """What a page of alice's begins with now."""
        self.snapshots.append({"frames": len(self.frames), **shown_to(self.alice)})


def shown_to(user: User) -> dict[str, Any]:
    actor = as_actor(user)
    entries = queries.inbox(actor)
    plain: Callable[[Any], list[dict[str, Any]]] = lambda items: [item.json_value() for item in items]  # noqa: E731
    fresh = {
        "epoch": "one",
        "me": accounts.me(actor).json_value(),
        "entries": plain(entries),
        "friends": plain(accounts.friends(actor)),
        "blocks": plain(accounts.blocks(actor)),
        "drafts": plain(queries.drafts(actor)),
    }
    rooms = {sealed.seal(ROOM_ID, entry.id): entry.id for entry in entries}
    return {
        "fresh": fresh,
        "rooms": {
            token: {
                "id": token,
                "messages": plain(pages(user, room)),
                "members": plain(queries.members(actor, room)),
            }
            for token, room in rooms.items()
        },
    }


def pages(user: User, room: int) -> Iterator[Any]:
    actor, after = as_actor(user), 0
    while True:
        page = queries.messages(actor, room, after=after, limit=queries.MOST_A_PAGE)
        yield from page.messages
        if not page.more:
            return
        after = page.messages[-1].pos


def logs_of(user: User, rooms: dict[str, Any]) -> dict[str, Any]:
    names = {"me": stream(PERSON, user.pk)}
    names |= {token: stream(ROOM, sealed.unseal(ROOM_ID, token) or 0) for token in rooms}
    return {log: json.loads(codec.compose(sources.page(name, 0, EVERYTHING).value())) for log, name in names.items()}


class History:
    """Any of the things that people do, by chance."""

    def __init__(self, chance: random.Random, users: list[User]) -> None:
        self.chance, self.users = chance, users
        self.messages: list[int] = []
        self.rooms = [self.do(users[0], c.OpenRoom(name="Lobby")).room.id]
        for user in users[1:]:
            self.do(user, c.OpenRoom(name="Lobby"))
            self.do(users[0], c.RequestFriend(person=user.username))
            self.do(user, c.AcceptFriend(person=users[0].username))
            self.rooms.append(self.do(users[0], c.CreateRoom(kind="direct", people=[user.username])).room.id)
        everybody = [user.username for user in users[1:]]
        self.rooms.append(self.do(users[0], c.CreateRoom(kind="group", name="Crew", people=everybody)).room.id)

    def do(self, user: User, command: c.Command) -> Any:
        return execute(as_actor(user), command)

    def step(self) -> None:
        """One thing that somebody tries; what is refused changes nothing."""
        user = self.chance.choice(self.users)
        try:
            result = self.do(user, self._command())
        except DigiError:
            return
        if result.message is not None:
            self.messages.append(result.message.id)

    def _command(self) -> c.Command:
        pick, room = self.chance.choice, self.chance.choice(self.rooms)
        message = pick(self.messages[-40:] or [0])
        person = pick(self.users).username
        if self.chance.random() < 0.02:
            return c.BlockPerson(person=person)
        if self.chance.random() < 0.4:
            reply = message if self.chance.random() < 0.2 else None
            return c.AddMessage(
                room=room, body=pick(["Hello", "Yes, @bob", "No\n> quote", "@everyone"]), reply_to=reply
            )
        return pick(
            [
                c.EditMessage(message=message, body=f"Edited {self.chance.random()}"),
                c.DeleteMessage(message=message),
                c.ReactToMessage(message=message, emoji=pick(EMOJI), on=self.chance.random() < 0.7),
                c.PinMessage(message=message, pinned=self.chance.random() < 0.6),
                c.ForwardMessage(message=message, room=room),
                c.RenameRoom(room=room, name=f"Name {self.chance.randrange(100)}"),
                c.SetTopic(room=room, topic=pick(["", "Tea", "Chess"])),
                c.LeaveRoom(room=self.rooms[0]),
                c.OpenRoom(name="Lobby"),
                c.JoinRoom(room=self.rooms[0]),
                c.InvitePerson(room=room, person=person),
                c.RemoveMember(room=room, person=person),
                c.ChangeRole(room=room, person=person, role=pick(["member", "moderator", "owner"])),
                c.MarkRead(room=room, pos=self.chance.randrange(1, 60)),
                c.MarkUnread(room=room, pos=self.chance.randrange(1, 60)),
                c.MuteRoom(room=room, minutes=pick([0, 60, None])),
                c.StarRoom(room=room, starred=self.chance.random() < 0.5),
                c.SaveDraft(room=room, body=pick(["", "Half a thou", "And then"])),
                c.UnblockPerson(person=person),
                c.UnblockPerson(person=self.users[0].username),
                c.RequestFriend(person=person),
                c.AcceptFriend(person=person),
                c.RemoveFriend(person=person),
                c.EditSettings(theme=pick(["dark", "light", "system"])),
            ]
        )


@pytest.mark.parametrize("seed", range(3))
def test_replayed_by_the_browsers_code_a_history_ends_as_the_api_shows_it(
    seed: int, alice: User, bob: User, charlie: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digi.execute.require_pace", lambda *_: None)
    recorder = Recorder(alice)
    publishing.listen(recorder.heard)
    try:
        history = History(random.Random(seed), [alice, bob, charlie])
        for step in range(STEPS):
            if step % (STEPS // SNAPSHOTS) == 0:
                recorder.snapshot()
            history.step()
    finally:
        publishing.unlisten(recorder.heard)
    assert len(recorder.frames) > 50
    assert_same(recorder, tmp_path / "told.json")


def assert_same(recorder: Recorder, path: Path) -> None:
    end = shown_to(recorder.alice)
    logs = logs_of(recorder.alice, end["rooms"])
    heads = {log: page["head"] for log, page in logs.items()}
    told = {
        "frames": recorder.frames,
        "snapshots": recorder.snapshots,
        "entered": recorder.entered,
        "end": {**end, "logs": logs, "heads": heads},
    }
    path.write_text(json.dumps(told), "utf-8")
    on_path = node.path()
    command = [node.program("node", on_path), "tests/js/replay.js", str(path)]
    run = subprocess.run(
        command, cwd=bootstrap.ROOT, env={**os.environ, "PATH": on_path}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
