"""Any history of commands, with hints lost, doubled and out of order: whoever resumes holds what the database holds."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from digi.accounts import actors, people
from digi.accounts.models import User
from digi.chat import integrity, queries
from digi.chat.models import Member, Message, Room
from digi.errors import DigiError
from digi.execute import execute
from digi.kit import threads
from digi.live import publishing, sources
from digi.live.changes import PERSON, ROOM, Change, Published, split, stream
from digi.live.hub import Hub
from digi.protocol import commands as c

NAMES = ("alice", "bob", "charlie")
WHO, WHICH = st.integers(0, 2), st.integers(0, 20)


@dataclass(eq=False)
class Client:
    """What a client of the `digi` dialect does: keeps the newest of each object, and asks again after a hole."""

    user: User
    dialect: "Client" = field(init=False)
    follows: bool = True
    cursors: dict[str, int] = field(default_factory=dict)
    held: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    is_online: bool = False
    behind: set[str] = field(default_factory=set)
    out_since: int | None = None  # the rev at which its person left the room, if they have not come back

    def __post_init__(self) -> None:
        self.dialect, self.person_id = self, self.user.pk

    # ── as a socket ──

    line = None

    def change(self, change: Change, after: int) -> str:
        self._next = change
        return "frame"

    def signal(self, signal: object) -> None:
        return None

    def deliver(self, name: str, rev: int, frame: str) -> None:
        change = self._next
        assert (change.stream, change.rev) == (name, rev)
        if split(name)[0] == ROOM:
            assert self.out_since is None or rev < self.out_since, "nothing after a removal reaches the removed"
        if rev == self.cursors.get(name, 0) + 1:
            self.take([change], rev, name)
        elif rev > self.cursors.get(name, 0):
            self.behind.add(name)

    def removed(self, name: str) -> None:
        self.forget(name)

    def recheck(self) -> None: ...

    def rewatch(self) -> None: ...

    def restart(self) -> None:
        self.behind.add("everything")

    # ── as a client ──

    def take(self, changes: list[Change], upto: int, name: str) -> None:
        for change in changes:
            was = self.held.get((name, change.ident))
            if was is None or was[0] < change.rev:
                self.held[name, change.ident] = (change.rev, change.shown.json_text())
        self.cursors[name] = max(upto, self.cursors.get(name, 0))

    def forget(self, name: str) -> None:
        self.cursors.pop(name, None)
        for key in [key for key in self.held if key[0] == name]:
            del self.held[key]


class Conversation(RuleBasedStateMachine):
    """One room, three people, one process; publications wait until chance lets them through, or not."""

    @initialize()
    def begin(self) -> None:
        Message.objects.all().delete()
        Member.objects.all().delete()
        Room.objects.all().delete()
        User.objects.all().delete()
        self.loop = asyncio.new_event_loop()
        self.hub = Hub(self.loop)
        self.published: list[Published] = []
        publishing.listen(self.published.extend)
        self.users = [people.create(name, None) for name in NAMES]
        room = execute(actors.of(self.users[0]), c.OpenRoom(name="lobby")).room
        assert room is not None
        self.room_id, self.room = room.id, stream(ROOM, room.id)
        self.clients = [Client(user) for user in self.users]
        self.keys: list[tuple[int, str, str]] = []
        self.model: dict[int, str | None] = {}
        self.forwards: set[int] = set()

    def do(self, who: int, command: c.Command):
        """What the command answers, or None where it is refused."""
        try:
            return execute(actors.of(self.users[who]), command)
        except DigiError:
            return None

    def is_member(self, who: int) -> bool:
        return Member.objects.filter(room=self.room_id, person=self.users[who], has_left=False).exists()

    # ── what people do ──

    @rule(who=WHO, body=st.text("abc", min_size=1, max_size=3))
    def add(self, who: int, body: str) -> None:
        key = f"key-{len(self.keys):04}"
        was_in = self.is_member(who)
        result = self.do(who, c.AddMessage(room=self.room_id, body=body, key=key))
        assert (result is not None) == was_in
        if result is not None:
            self.keys.append((who, key, body))
            self.model[result.message.id] = body

    @precondition(lambda self: self.keys)
    @rule(which=WHICH)
    def retry(self, which: int) -> None:
        who, key, body = self.keys[which % len(self.keys)]
        before = Message.objects.count()
        result = self.do(who, c.AddMessage(room=self.room_id, body=body, key=key))
        assert Message.objects.count() == before
        assert (result is not None) == self.is_member(who)

    @precondition(lambda self: self.model)
    @rule(who=WHO, which=WHICH, body=st.text("abc", min_size=1, max_size=3))
    def edit(self, who: int, which: int, body: str) -> None:
        message = list(self.model)[which % len(self.model)]
        if self.do(who, c.EditMessage(message=message, body=body)) is not None:
            assert self.model[message] is not None, "what was deleted stays deleted"
            assert message not in self.forwards, "what was forwarded stays as it was written"
            self.model[message] = body

    @precondition(lambda self: self.model)
    @rule(who=WHO, which=WHICH)
    def delete(self, who: int, which: int) -> None:
        message = list(self.model)[which % len(self.model)]
        if self.do(who, c.DeleteMessage(message=message)) is not None:
            self.model[message] = None

    @precondition(lambda self: self.model)
    @rule(who=WHO, which=WHICH, emoji=st.sampled_from("👍🎉❤"), on=st.booleans())
    def react(self, who: int, which: int, emoji: str, on: bool) -> None:
        message = list(self.model)[which % len(self.model)]
        result = self.do(who, c.ReactToMessage(message=message, emoji=emoji, on=on))
        assert (result is not None) == (self.is_member(who) and self.model[message] is not None)
        if result is not None:
            people = {one.emoji: one.people for one in result.message.reactions}.get(emoji, [])
            assert (NAMES[who] in people) == on

    @precondition(lambda self: self.model)
    @rule(who=WHO, which=WHICH, pinned=st.booleans())
    def pin(self, who: int, which: int, pinned: bool) -> None:
        message = list(self.model)[which % len(self.model)]
        result = self.do(who, c.PinMessage(message=message, pinned=pinned))
        if result is not None:
            assert (result.message.pinned is not None) == (pinned and self.model[message] is not None)

    @precondition(lambda self: self.model)
    @rule(who=WHO, which=WHICH)
    def forward(self, who: int, which: int) -> None:
        message = list(self.model)[which % len(self.model)]
        result = self.do(who, c.ForwardMessage(message=message, room=self.room_id))
        assert (result is not None) == (self.is_member(who) and self.model[message] is not None)
        if result is not None:
            self.model[result.message.id] = self.model[message]
            self.forwards.add(result.message.id)

    @rule(who=WHO, whom=st.sampled_from([*NAMES, "everyone"]))
    def call(self, who: int, whom: str) -> None:
        result = self.do(who, c.AddMessage(room=self.room_id, body=f"@{whom}"))
        if result is not None:
            self.model[result.message.id] = f"@{whom}"

    @rule(who=WHO, body=st.text("abc", max_size=2), starred=st.booleans())
    def keep(self, who: int, body: str, starred: bool) -> None:
        """What nobody but oneself hears of."""
        results = [
            self.do(who, c.SaveDraft(room=self.room_id, body=body)),
            self.do(who, c.StarRoom(room=self.room_id, starred=starred)),
        ]
        assert [result is not None for result in results] == [self.is_member(who)] * 2
        assert self.do(who, c.EditSettings(sounds=starred)) is not None

    @rule(who=WHO)
    def join(self, who: int) -> None:
        assert self.do(who, c.JoinRoom(room=self.room_id)) is not None
        self.clients[who].out_since = None

    @rule(who=WHO)
    def leave(self, who: int) -> None:
        was_in = self.is_member(who)
        assert (self.do(who, c.LeaveRoom(room=self.room_id)) is not None) == was_in
        if was_in:
            left = Member.objects.get(room=self.room_id, person=self.users[who])
            self.clients[who].out_since = left.rev

    # ── what the network does ──

    @rule(seed=st.integers(0, 1000), loses=st.booleans())
    def let_through(self, seed: int, loses: bool) -> None:
        chance = random.Random(seed)
        waiting, self.published[:] = list(self.published), []
        waiting += chance.sample(waiting, len(waiting) // 3)
        if loses:
            waiting = chance.sample(waiting, len(waiting) // 2)
        chance.shuffle(waiting)
        self.now(self._receive(waiting))

    async def _receive(self, waiting: list[Published]) -> None:
        for item in waiting:
            self.hub.receive([item])

    @rule(who=WHO)
    def disconnect(self, who: int) -> None:
        self.hub.forget(self.clients[who])
        self.clients[who].is_online = False

    @rule(who=WHO)
    def resume(self, who: int) -> None:
        """Connect as the doors do: subscribe, read, and catch up from one's cursors."""
        self.now(self._resume(self.clients[who]))

    async def _resume(self, client: Client) -> None:
        me = stream(PERSON, client.person_id)
        self.hub.forget(client)
        self.hub.subscribe(client, [me])
        heads = {me: sources.heads(PERSON, [client.person_id])[client.person_id]}
        heads |= {stream(ROOM, number): head for number, head in queries.heads(actors.of(client.user)).items()}
        self.hub.subscribe(client, heads)
        self.hub.begin(client, heads)
        for name in set(client.cursors) - set(heads):
            client.forget(name)
        client.is_online, client.behind = True, set(heads)
        self._sync(client)

    def _sync(self, client: Client) -> None:
        """Ask for all that is missing, as the doors answer."""
        for name in list(client.behind):
            more = self.hub.hears(client, name)
            while more:
                after = client.cursors.get(name, 0)
                remembered = self.hub.since(client, name, after)
                page = sources.cut(*remembered, after, 200) if remembered else sources.page(name, after)
                client.take(page.changes, page.upto, name)
                more = page.has_more
        client.behind.clear()

    def now(self, work) -> None:
        """Run on the hub's loop, until nothing more is about to happen there."""
        self.loop.run_until_complete(work)

    # ── what always holds ──

    @invariant()
    def revs_have_no_gaps_and_rows_are_what_the_model_says(self) -> None:
        if not hasattr(self, "room_id"):
            return
        room = Room.objects.get(pk=self.room_id)
        revs = sorted(
            [
                *Message.objects.filter(room=room).values_list("rev", flat=True),
                *Member.objects.filter(room=room).values_list("rev", flat=True),
                room.rev,
            ]
        )
        assert len(set(revs)) == len(revs)
        assert revs[-1] == room.head
        assert list(Message.objects.filter(room=room).order_by("pos").values_list("pos", flat=True)) == list(
            range(1, room.last_pos + 1)
        )
        told = sorted(item.rev for item in self.published if isinstance(item, Change) and item.stream == self.room)
        assert told == sorted(set(told)), "no rev is given twice"
        rows = {row.pk: None if row.is_deleted else row.body for row in Message.objects.filter(kind="text")}
        assert rows == self.model
        assert not list(integrity.faults())

    @invariant()
    def who_hears_a_room_has_not_heard_of_leaving_it(self) -> None:
        for client in getattr(self, "clients", ()):
            for name, ident in client.held:
                if name == self.room and ident == f"member:{client.person_id}":
                    assert '"left":true' not in client.held[name, ident][1]

    def teardown(self) -> None:
        if not hasattr(self, "loop"):
            return
        publishing._listeners.clear()
        try:
            self._check_everybody()
        finally:
            self.now(self.hub.stop())
            self.loop.close()

    def _check_everybody(self) -> None:
        self.now(self._heal())
        for who, client in enumerate(self.clients):
            me = stream(PERSON, client.person_id)
            assert self.is_member(who) == (self.room in client.cursors)
            for name in client.cursors:
                truth = {one.ident: (one.rev, one.shown.json_text()) for one in sources.page(name, 0).changes}
                held = {ident: state for (log, ident), state in client.held.items() if log == name}
                if name == me:  # an entry shows the room as it was then; newer than its rev is the room's own log
                    held, truth = ({ident: (rev, "") for ident, (rev, _) in one.items()} for one in (held, truth))
                assert held == truth, f"{client.user.username} on {name}"
            assert me in client.cursors

    async def _heal(self) -> None:
        """Faults end: the hub compares, whoever was away comes back."""
        for client in self.clients:
            if not client.is_online:
                await self._resume(client)
        for _ in range(3):
            await self.hub.compare()
            while self.hub._tasks:
                await asyncio.gather(*self.hub._tasks)
            for client in self.clients:
                if "everything" in client.behind:
                    await self._resume(client)
                client.behind |= set(client.cursors)
                client.behind |= set(self.hub._heard.get(client, ()))
                self._sync(client)


@pytest.fixture
def in_one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The hub's readings in the test's own thread, where its database is."""

    async def run(work, *args, **kwargs):
        return work(*args, **kwargs)

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    monkeypatch.setattr(threads, "run", run)
    monkeypatch.setattr("digi.execute.require_pace", lambda *_: None)
    yield
    publishing._listeners.clear()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_one_thread")
def test_whoever_resumes_holds_what_the_database_holds() -> None:
    run_state_machine_as_test(
        Conversation,
        settings=settings(
            max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
