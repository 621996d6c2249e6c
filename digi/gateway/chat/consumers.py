"""The conversation's two dialects: `digi` for clients that keep state, `simple` for ten lines of code."""

import logging
from typing import Any
from urllib.parse import parse_qs

from digi.accounts import installations
from digi.accounts import queries as people
from digi.accounts import shown as people_shown
from digi.accounts.models import User
from digi.chat import queries
from digi.errors import DigiError, Invalid, NotFound
from digi.gateway import writing
from digi.gateway.chat.dialects import ME, Digi, Simple, error_frame, problem_of
from digi.gateway.chat.telling import Telling
from digi.gateway.chat.watching import Watching
from digi.gateway.connections import NOT_A_MEMBER, TRY_LATER, Connection
from digi.kit import sealed, threads
from digi.live import sources
from digi.live.changes import PERSON, ROOM, stream
from digi.protocol import codec, frames, simple
from digi.protocol.commands import AddMessage
from digi.protocol.ids import ROOM as ROOM_ID
from digi.protocol.objects import Result

log = logging.getLogger("digi.gateway")

MOST_SYNCED = 500  # changes in one answer


class SessionConsumer(Connection):
    """`/ws/`: one socket for a tab or program; it hears its person and all its rooms."""

    dialect = Digi()
    follows = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.watching, self.telling = Watching(self), Telling(self)

    async def begin(self) -> int:
        me = stream(PERSON, self.person_id)
        self.hub.subscribe(self, [me])
        rooms = await threads.run(queries.heads, self.actor)
        self.hub.subscribe(self, [stream(ROOM, room_id) for room_id in rooms])
        # Heads are read after subscribing, so that whatever is newer is heard.
        shown, epoch, heads = await threads.run(self._state)
        for lost in rooms.keys() - heads.keys():
            self.hub.unsubscribe(self, stream(ROOM, lost))
        self.hub.begin(self, {me: shown.head, **{stream(ROOM, room_id): head for room_id, head in heads.items()}})
        heard = {room_id: head for room_id, head in heads.items() if self.hub.hears(self, stream(ROOM, room_id))}
        sealed_heads = {sealed.seal(ROOM_ID, room_id): head for room_id, head in heard.items()}
        self.watching.show(shown.settings.show_online)
        welcome = frames.Welcome(epoch=epoch, me=shown, heads={ME: shown.head, **sealed_heads})
        self.say(welcome.model_dump_json())
        self.release()
        return 0

    def _state(self) -> tuple[Any, str, dict[int, int]]:
        return people.me(self.actor), installations.epoch(), queries.heads(self.actor)

    async def opened(self) -> None:
        self.watching.opened()

    def left(self) -> None:
        self.watching.left()

    def renewed(self, user: User) -> None:
        self.watching.show(people_shown.settings(user.settings).show_online)

    def rewatch(self) -> None:
        self.telling.forget()
        self.watching.look_again()

    def removed(self, name: str) -> None:
        self.watching.look_again()  # for those whom one saw in that room alone

    def lane_of(self, fields: dict[str, Any]) -> object | None:
        command = fields.get("command") if fields.get("type") == "ask" else None
        return writing.lane_of(command.get("type")) if isinstance(command, dict) else None

    async def answer(self, fields: dict[str, Any]) -> None:
        ref = fields.get("ref")
        try:
            frame = frames.read(fields)
        except DigiError as error:
            self.say(error_frame(error, ref if isinstance(ref, str) else None))
            return
        match frame:
            case frames.Ping():
                self.say('{"type":"pong"}')
            case frames.Sync():
                self.say(codec.compose({"type": "synced", "ref": frame.ref, "logs": await self._logs(frame.cursors)}))
            case frames.Ask():
                await self._ask(frame)
            case _:
                await self._pass(frame)

    async def _pass(self, frame: frames.Asked) -> None:
        """What passes: it is not answered."""
        match frame:
            case frames.Watch():
                self.watching.watch(frame.people)
            case frames.Here():
                self.watching.here(frame.state)
            case frames.Typing():
                await self.telling.typing(frame.room)
            case frames.Ack():
                self.telling.ack(frame.cursors)

    async def _ask(self, ask: frames.Ask) -> None:
        def reply(result: Result) -> None:
            self.say(f'{{"type":"reply","ref":{codec.encode(ask.ref)},"ok":true,"result":{result.json_text()}}}')

        try:
            await self.execute(ask.parsed(), reply)
        except DigiError as error:
            problem = problem_of(error, ask.command, ref=ask.ref)
            self.say(codec.encode({"type": "reply", "ref": ask.ref, "ok": False, "error": problem}))

    async def _logs(self, cursors: dict[str, int]) -> dict[str, Any]:
        """A page for each of these logs that is one's own; the many of a long absence come in several answers."""
        pages: dict[str, sources.Page] = {}
        left, read = MOST_SYNCED, dict[str, int]()  # rooms read from the database, by name
        for name, after in cursors.items():
            room_id = sealed.unseal(ROOM_ID, name) or 0
            log = stream(PERSON, self.person_id) if name == ME else stream(ROOM, room_id)
            if not self.hub.hears(self, log):
                continue
            limit = max(1, min(left, sources.PAGE))
            remembered = self.hub.since(self, log, after)
            if remembered is not None:
                pages[name] = sources.cut(*remembered, after, limit)
            else:
                pages[name] = await self._caught_up(log, after, limit)
                read |= {} if name == ME else {name: room_id}
            left -= len(pages[name].changes)
        # Asked after reading, so that nothing that was said after a removal is in what was read.
        mine = await threads.run(queries.heads, self.actor) if read else {}
        return {name: page.value() for name, page in pages.items() if name not in read or read[name] in mine}

    async def _caught_up(self, log: str, after: int, limit: int) -> sources.Page:
        page = await threads.run(sources.page, log, after, limit)
        self.hub.recall(log, page, after)
        return page

    def refuse(self, error: DigiError) -> None:
        self.say(error_frame(error, None))


class ChatConsumer(Connection):
    """`/ws/chat/<connection id>/`: one room, in plain frames."""

    dialect = Simple()
    _head: int | None = None  # of the room, when this socket began

    async def begin(self) -> int:
        connection_id, me = self.scope["url_route"]["kwargs"]["connection_id"], stream(PERSON, self.person_id)
        known = None if "\0" in connection_id else await threads.run(queries.room_id_of, connection_id)
        self.room_id = known or 0
        self.log = stream(ROOM, self.room_id)
        self.hub.subscribe(self, [self.log, me])
        try:
            head_of_me, head = await threads.run(self._state)
        except NotFound:
            return NOT_A_MEMBER
        self._head = head
        self.hub.begin(self, {me: head_of_me, self.log: head})
        return 0 if self.hub.hears(self, self.log) else NOT_A_MEMBER

    def _state(self) -> tuple[int, int]:
        return people.me(self.actor).head, queries.entry(self.actor, self.room_id).head

    async def opened(self) -> None:
        """Say what changed after `?after=`, then everything that was held back and is newer than that."""
        try:
            after = self._after()
            if after is not None:
                await self._catch_up(after)
        except DigiError as error:
            self.refuse(error)
        except Exception as error:  # noqa: BLE001 - such as a database that is away: it comes back with its cursor
            log.warning("a socket could not catch up: %s", repr(error))
            await self.end(TRY_LATER)
        self.release()

    async def _catch_up(self, cursor: int) -> None:
        upto, head = cursor, self._head or 0
        while upto < head and not self._is_over:
            page = await threads.run(queries.changes, self.actor, self.room_id, upto)
            if not self.hub.hears(self, self.log):
                return
            for change in page.changes:
                frame = self.dialect.change(change, cursor)
                if frame is not None:
                    self.say(frame)
            await self.drained()
            upto = page.upto
            self.hub.hear_after(self, {self.log: max(upto, head)})

    def _after(self) -> int | None:
        given = parse_qs(self.scope.get("query_string", b"").decode("latin-1")).get("after")
        if not given:
            return None
        if not (given[0].isascii() and given[0].isdigit() and len(given[0]) < 19):
            raise Invalid("after is the rev of the last change you have, a whole number.", field="after")
        return int(given[0])

    def lane_of(self, fields: dict[str, Any]) -> object | None:
        return writing.lane_of(AddMessage.name_on_wire) if fields.get("type") == "add" else None

    async def answer(self, fields: dict[str, Any]) -> None:
        try:
            command = simple.read(fields, self.room_id)
            result = await self.execute(command)
        except DigiError as error:
            self.say(codec.encode({"type": "error", **problem_of(error, fields)}))
            return
        if result.is_repeat and result.message is not None:
            self.say(self.dialect.message(result.message, is_new=True))

    def refuse(self, error: DigiError) -> None:
        self.say(codec.encode({"type": "error", **frames.problem(error)}))

    def removed(self, name: str) -> None:
        if name == self.log and self._head is not None:
            self.spawn(self.end(NOT_A_MEMBER))
