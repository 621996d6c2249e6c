"""The first paint: what the island draws, in the same words and order, as plain values for a template. Reads no row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from digi.kit import names, sealed
from digi.protocol.ids import ROOM
from digi.protocol.objects import Entry, Event, Member, Message, Person
from digi.web.boot import Boot
from digi.web.headings import HEADINGS, heading, is_muted
from digi.web.moments import Reader

_RUN = timedelta(minutes=5)  # between two messages that stand under one name: RUN in room/lines.js


@dataclass(frozen=True)
class Row:
    """A room in the list."""

    entry: Entry
    title: str
    partner: Person | None
    address: str
    at: datetime
    when: str
    last: str
    draft: str
    is_open: bool
    is_muted: bool


@dataclass(frozen=True)
class Section:
    """Rows of the list under one heading: starred, unread, rooms or people."""

    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class Quote:
    author: Person | None
    words: str


@dataclass(frozen=True)
class Line:
    """A `day`, the `new` mark, a `system` sentence or a `message` of the conversation."""

    kind: str
    words: str = ""
    at: datetime | None = None
    when: str = ""
    message: Message | None = None
    author: Person | None = None
    quote: Quote | None = None
    is_first: bool = False


@dataclass(frozen=True)
class Paint:
    sections: list[Section]
    room: Row | None
    lines: list[Line]
    members: list[Member]
    requests: int
    mentions: int
    has_older: bool


class Names:
    """Who the usernames of one page are; the reader is `You`."""

    def __init__(self, me: Person, people: Iterable[Person]) -> None:
        self.me = me
        self._people = {person.username: person for person in people}

    def person(self, username: str) -> Person:
        known = self._people.get(username)
        initials = names.initials(username)
        return known or Person(username=username, display_name=username, initials=initials, hue=0, bot=False)

    def called(self, username: str) -> str:
        return "You" if username == self.me.username else self.person(username).display_name


def _all(boot: Boot) -> Iterator[Person]:
    for entry in boot.entries:
        yield from entry.profiles or ()
    yield from (friend.profile for friend in boot.friends)
    yield from (member.profile for member in boot.members or ())
    yield from boot.page.people if boot.page else ()
    yield boot.me


def first(boot: Boot, reader: Reader) -> Paint:
    people = Names(boot.me, _all(boot))
    now = datetime.now(UTC)
    rows = [_row(boot, people, reader, entry, now) for entry in boot.entries]
    room = next((row for row in rows if row.is_open), None)
    lines = list(_lines(boot, people, reader, room))
    requests = sum(friend.state == "incoming" for friend in boot.friends)
    mentions = sum(entry.mentions for entry in boot.entries)
    has_older = bool(boot.page and boot.page.more)
    return Paint(_sections(rows, now), room, lines, boot.members or [], requests, mentions, has_older)


# ── the list ──


def _sections(rows: list[Row], now: datetime) -> list[Section]:
    """Those with something in them; within each the order of `rows`, the archived last."""
    under: dict[str, list[Row]] = {name: [] for name in HEADINGS}
    for row in sorted(rows, key=lambda row: row.entry.archived):
        under[heading(row.entry, now)].append(row)
    return [Section(name, found) for name, found in under.items() if found]


def _row(boot: Boot, people: Names, reader: Reader, entry: Entry, now: datetime) -> Row:
    partner = _partner(people, entry)
    at = reader.local(entry.last.sent_at if entry.last else entry.created_at)
    return Row(
        entry=entry,
        title=title(people, entry),
        partner=partner,
        address=sealed.seal(ROOM, entry.id),
        at=at,
        when=reader.brief(at),
        last=_last_line(people, entry),
        draft="" if entry.id == boot.room else _draft(boot, entry),
        is_open=entry.id == boot.room,
        is_muted=is_muted(entry, now),
    )


def _draft(boot: Boot, entry: Entry) -> str:
    """The beginning of what one has begun to write in a room."""
    return next((draft.body[:90] for draft in boot.drafts if draft.room == entry.id), "")


def _partner(people: Names, entry: Entry) -> Person | None:
    """The other one of a direct room."""
    if entry.kind != "direct" or not entry.profiles:
        return None
    return next((person for person in entry.profiles if person.username != people.me.username), entry.profiles[0])


def title(people: Names, entry: Entry) -> str:
    """What the reader calls a room."""
    if entry.kind == "direct":
        partner = _partner(people, entry)
        return partner.display_name if partner else "Direct conversation"
    return entry.name or ", ".join(person.display_name for person in entry.profiles or ()) or "Group"


def _last_line(people: Names, entry: Entry) -> str:
    message = entry.last
    if message is None:
        return "No messages yet"
    if message.kind == "system":
        return happened(people, message)
    text = _said(message, 90)
    if message.author == people.me.username:
        return f"You: {text}"
    return text if entry.kind == "direct" else f"\u2068{people.called(message.author).split(' ')[0]}\u2069: {text}"


def _said(message: Message, most: int = 140) -> str:
    """The beginning of what a message says, on one line: `snippet` in text.js."""
    if message.deleted:
        return "Message deleted"
    line = " ".join(message.body.split())
    return f"{line[:most]}…" if len(line) > most else line


# ── the conversation ──


def _lines(boot: Boot, people: Names, reader: Reader, room: Row | None) -> Iterator[Line]:
    messages = boot.page.messages if boot.page else []
    by_id = {message.id: message for message in messages}
    new_from = room.entry.read_pos + 1 if room and room.entry.unread else None
    before: Message | None = None
    for message in messages:
        at = reader.local(message.sent_at)
        if before is None or reader.local(before.sent_at).date() != at.date():
            yield Line("day", words=reader.day(at))
            before = None
        if message.pos == new_from:
            yield Line("new")
            before = None
        when = reader.clock(at)
        if message.kind == "system":
            yield Line("system", happened(people, message), at, when)
        else:
            quote = _quote(people, message, by_id)
            author, is_first = people.person(message.author), not _continues(before, message)
            yield Line("message", "", at, when, message, author, quote, is_first)
        before = message


def _continues(before: Message | None, message: Message) -> bool:
    """Whether `message` stands under the name of the one `before` it, of the same day."""
    if before is None or before.kind == "system" or before.author != message.author or message.reply_to is not None:
        return False
    return message.sent_at - before.sent_at < _RUN


def _quote(people: Names, message: Message, by_id: dict[int, Message]) -> Quote | None:
    if message.reply_to is None:
        return None
    quoted = by_id.get(message.reply_to)
    return Quote(people.person(quoted.author), _said(quoted)) if quoted else Quote(None, "An earlier message")


def happened(people: Names, message: Message) -> str:
    """A system message in a sentence: `happened` in words.js."""
    if message.event is None:
        return ""
    person = message.event.person
    return _sentence(people.called(message.author), people.called(person) if person else "", message.event)


_ROLES = {"owner": "an owner", "moderator": "a moderator"}


def _sentence(who: str, whom: str, event: Event) -> str:
    to = event.to or ""
    sentences = {
        "room.renamed": f"{who} renamed the room to {to}",
        "room.topic": f"{who} set the topic: {to}" if to else f"{who} removed the topic",
        "room.archived": f"{who} archived the room",
        "room.unarchived": f"{who} reopened the room",
        "member.invited": f"{who} brought in {whom}",
        "member.removed": f"{who} removed {whom}",
        "member.left": f"{whom or who} left",
        "member.role": f"{who} made {whom} {_ROLES.get(to, 'a member')}",
    }
    return sentences[event.name]
