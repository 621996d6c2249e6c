"""The conversation of the first paint, line by line, as `linesOf` in room/lines.js and room/message.js draw it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from digi.kit import sealed
from digi.protocol.ids import ROOM
from digi.protocol.objects import Entry, Message, Person
from digi.web.boot import Boot
from digi.web.moments import Reader
from digi.web.sentences import Names, happened, reacted, said

_RUN = timedelta(minutes=5)  # between two messages that stand under one name: RUN in room/lines.js


@dataclass(frozen=True)
class Quote:
    author: Person | None
    words: str


@dataclass(frozen=True)
class Chip:
    """A reaction: how many put it, and who, in words."""

    emoji: str
    count: int
    words: str
    is_mine: bool


@dataclass(frozen=True)
class Line:
    """A `day`, the `new` mark, a `system` sentence or a `message` of the conversation.

    `way`: how far one's own message has come in a direct room. `is_asked`: a permanent link leads to it.
    """

    kind: str
    words: str = ""
    at: datetime | None = None
    when: str = ""
    bare: str = ""
    message: Message | None = None
    author: Person | None = None
    quote: Quote | None = None
    origin: Person | None = None
    pinner: Person | None = None
    chips: tuple[Chip, ...] = ()
    way: str = ""
    is_first: bool = False
    is_to_me: bool = False
    is_hidden: bool = False
    is_asked: bool = False


@dataclass(frozen=True)
class Scene:
    """What the lines of one room are drawn from."""

    boot: Boot
    people: Names
    reader: Reader
    entry: Entry

    @property
    def me(self) -> str:
        return self.boot.me.username


def lines(boot: Boot, people: Names, reader: Reader, entry: Entry | None) -> list[Line]:
    """The open room's conversation; nothing where none is open."""
    return list(_lines(Scene(boot, people, reader, entry))) if entry and boot.page else []


def _lines(scene: Scene) -> Iterator[Line]:
    assert scene.boot.page
    reader = scene.reader
    messages = scene.boot.page.messages
    by_id = {message.id: message for message in [*scene.boot.quoted, *messages]}
    new_from = scene.entry.read_pos + 1 if scene.entry.unread else None
    before: Message | None = None
    for message in messages:
        at = reader.local(message.sent_at)
        if before is None or reader.local(before.sent_at).date() != at.date():
            yield Line("day", words=reader.day(at))
            before = None
        if message.pos == new_from:
            yield Line("new")
            before = None
        if message.kind == "system":
            yield Line("system", happened(scene.people, message), at, reader.clock(at), message=message)
        else:
            yield _message(scene, message, by_id.get(message.reply_to or 0), is_first=not _continues(before, message))
        before = message


def _message(scene: Scene, message: Message, quoted: Message | None, *, is_first: bool) -> Line:
    people, at = scene.people, scene.reader.local(message.sent_at)
    return Line(
        "message",
        at=at,
        when=scene.reader.clock(at),
        bare=scene.reader.bare(at),
        message=message,
        author=people.person(message.author),
        quote=_quote(people, message, quoted),
        origin=people.person(message.forwarded_from) if message.forwarded_from else None,
        pinner=people.person(message.pinned.by) if message.pinned else None,
        chips=_chips(people, message),
        way=_way(scene, message),
        is_first=is_first,
        is_to_me=_addresses(message, scene.me),
        is_hidden=scene.entry.kind != "direct" and _is_blocked(scene.boot, message.author),
        is_asked=message.pos == scene.boot.at,
    )


def _continues(before: Message | None, message: Message) -> bool:
    """Whether `message` stands under the name of the one `before` it, of the same day."""
    if before is None or before.kind == "system" or before.author != message.author or message.reply_to is not None:
        return False
    return message.sent_at - before.sent_at < _RUN


def _quote(people: Names, message: Message, quoted: Message | None) -> Quote | None:
    if message.reply_to is None:
        return None
    return Quote(people.person(quoted.author), said(quoted)) if quoted else Quote(None, _("An earlier message"))


def _chips(people: Names, message: Message) -> tuple[Chip, ...]:
    me = people.me.username
    return tuple(Chip(one.emoji, len(one.people), reacted(people, one), me in one.people) for one in message.reactions)


def _way(scene: Scene, message: Message) -> str:
    """As far as the page knows; what the other's client holds is told to sockets alone."""
    if scene.entry.kind != "direct" or message.author != scene.me:
        return ""
    other = next((pos for name, pos in scene.boot.reads.items() if name != scene.me), 0)
    return "read" if other >= message.pos else "sent"


def _addresses(message: Message, me: str) -> bool:
    return not message.deleted and message.author != me and bool({me, "everyone"} & set(message.mentions))


def _is_blocked(boot: Boot, username: str) -> bool:
    return any(block.active and block.person == username for block in boot.blocks)


def address(entry: Entry) -> str:
    """The room's id as its address has it."""
    return sealed.seal(ROOM, entry.id)
