"""The conversation's two dialects: `digi` for clients that keep state, `simple` for ten lines of code."""

from typing import Any
from urllib.parse import parse_qs

from digi.accounts import queries as people
from digi.chat import queries
from digi.errors import DigiError, Invalid, NotFound
from digi.execute import execute
from digi.gateway.chat.dialects import ME, Digi, Simple, error_frame, problem_of
from digi.gateway.connections import NOT_A_MEMBER, Connection
from digi.kit import sealed, threads
from digi.live import sources
from digi.live.changes import PERSON, ROOM, stream
from digi.protocol import codec, frames, simple
from digi.protocol.ids import ROOM as ROOM_ID


class SessionConsumer(Connection):
    """`/ws/`: one socket for a tab or program; it hears its person and all its rooms."""

    dialect = Digi()
    follows = True

    async def begin(self) -> int:
        me = stream(PERSON, self.person_id)
        self.hub.subscribe(self, [me])
        rooms = await threads.run(queries.heads, self.actor)
        self.hub.subscribe(self, [stream(ROOM, room_id) for room_id in rooms])
        # Heads are read after subscribing, so that whatever is newer is heard; a room lost meanwhile is not kept.
        shown, epoch, heads = await threads.run(self._state)
        for room_id in rooms.keys() - heads.keys():
            self.hub.unsubscribe(self, stream(ROOM, room_id))
        self.hub.subscribe(self, [stream(ROOM, room_id) for room_id in heads.keys() - rooms.keys()])
        self.hub.learn({me: shown.head, **{stream(ROOM, room_id): head for room_id, head in heads.items()}})
        sealed_heads = {sealed.seal(ROOM_ID, room_id): head for room_id, head in heads.items()}
        welcome = frames.Welcome(epoch=epoch, me=shown, heads={ME: shown.head, **sealed_heads})
        self.say(welcome.model_dump_json())
        self.release()
        return 0

    def _state(self) -> tuple[Any, str, dict[int, int]]:
        return people.me(self.actor), people.epoch(), queries.heads(self.actor)

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
                logs = {name: await self._page(name, after) for name, after in frame.cursors.items()}
                known = {name: page for name, page in logs.items() if page is not None}
                self.say(codec.encode({"type": "synced", "ref": frame.ref, "logs": known}))
            case frames.Ask():
                await self._ask(frame)

    async def _ask(self, ask: frames.Ask) -> None:
        try:
            result = await threads.run(execute, self.actor, ask.parsed())
        except DigiError as error:
            problem = problem_of(error, ask.command, ref=ask.ref)
            self.say(codec.encode({"type": "reply", "ref": ask.ref, "ok": False, "error": problem}))
        else:
            ref = codec.encode(ask.ref)
            self.say(f'{{"type":"reply","ref":{ref},"ok":true,"result":{result.json_text()}}}')

    async def _page(self, name: str, after: int) -> dict[str, Any] | None:
        """What this log has after `after`, from the hub's memory where it reaches; None if it is not one's own."""
        room_id = sealed.unseal(ROOM_ID, name)
        log = stream(PERSON, self.person_id) if name == ME else stream(ROOM, room_id or 0)
        if not self.hub.hears(self, log):
            return None
        remembered, head = self.hub.since(log, after), self.hub.head(log)
        if remembered is not None and head is not None and len(remembered) <= sources.PAGE:
            return sources.Page(remembered, max(head, after), head).value()
        page = await threads.run(sources.page, log, after)
        return page.value() if self.hub.hears(self, log) else None

    def refuse(self, error: DigiError) -> None:
        self.say(error_frame(error, None))


class ChatConsumer(Connection):
    """`/ws/chat/<connection id>/`: one room, in plain frames."""

    dialect = Simple()

    async def begin(self) -> int:
        connection_id = self.scope["url_route"]["kwargs"]["connection_id"]
        self.room_id = await threads.run(queries.room_id_of, connection_id) or 0
        self.log = stream(ROOM, self.room_id)
        self.hub.subscribe(self, [self.log, stream(PERSON, self.person_id)])
        try:
            entry = await threads.run(queries.entry, self.actor, self.room_id)
        except NotFound:
            return NOT_A_MEMBER
        self.hub.learn({self.log: entry.head})
        await self._catch_up(entry.head)
        return 0

    async def _catch_up(self, head: int) -> None:
        """Say what changed after `?after=`, then everything that was held back and is newer than that."""
        cursor = head
        try:
            after = self._after()
            while after is not None and after < head and not self._is_over:
                page = await threads.run(queries.changes, self.actor, self.room_id, after)
                for change in page.changes:
                    frame = self.dialect.change(change, self._after() or 0)
                    if frame is not None:
                        self.say(frame)
                cursor = after = page.upto
                if not page.has_more:
                    break
        except DigiError as error:
            self.refuse(error)
        self._held = [(name, frame) for name, frame in self._held or [] if codec.decode(frame).get("rev", 0) > cursor]
        self.release()

    def _after(self) -> int | None:
        given = parse_qs(self.scope.get("query_string", b"").decode("latin-1")).get("after")
        if not given:
            return None
        if not (given[0].isascii() and given[0].isdigit() and len(given[0]) < 19):
            raise Invalid("after is the rev of the last change you have, a whole number.", field="after")
        return int(given[0])

    async def answer(self, fields: dict[str, Any]) -> None:
        try:
            command = simple.read(fields, self.room_id)
            result = await threads.run(execute, self.actor, command)
        except DigiError as error:
            self.say(codec.encode({"type": "error", **problem_of(error, fields)}))
            return
        if result.is_repeat and result.message is not None:
            self.say(self.dialect.message(result.message, is_new=True))

    def refuse(self, error: DigiError) -> None:
        self.say(codec.encode({"type": "error", **frames.problem(error)}))

    def removed(self, name: str) -> None:
        if name == self.log:
            self._spawn(self.end(NOT_A_MEMBER))
