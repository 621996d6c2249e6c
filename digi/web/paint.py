"""The first paint: what the island draws, in the same words and order, as plain values for a template. Reads no row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digi.kit import names
from digi.protocol.ids import ROOM
from digi.kit import sealed
from digi.protocol.objects import Entry, Event, Message, Person
from digi.web.boot import Boot

_RUN = timedelta(minutes=5)  # between two messages that stand under one name: RUN in room/lines.js


@dataclass(frozen=True)
class Row:
    """A room in the list."""

    entry: Entry
    title: str
    partner: Person | None
    address: str
    last: str
    is_open: bool


@dataclass(frozen=True)
class Line:
    """A `day`, a `system` sentence, the `new` mark, or a `message` of the conversation."""

    kind: str
    at: datetime
    words: str = ""
    message: Message | None = None
    author: Person | None = None
    quoted: Message | None = None
    is_first: bool = False


@dataclass(frozen=True)
class Paint:
    rows: list[Row]
    room: Row | None
    lines: list[Line]


class Names:
    """Who the usernames of one page are; the reader is `You`."""

    def __init__(self, boot: Boot) -> None:
        self.me = boot.me
        self._people = {person.username: person for person in _all(boot)}

    def person(self, username: str) -> Person:
        known = self._people.get(username)
        return known or Person(username=username, display_name=username, initials=names.initials(username), hue=0, bot=False)

    def called(self, username: str) -> str:
        return "You" if username == self.me.username else self.person(username).display_name


def _all(boot: Boot) -> Iterator[Person]:
    for entry in boot.entries:
        yield from entry.people or ()
    yield from (friend.person for friend in boot.friends)
    yield from (member.person for member in boot.members or ())
    yield from boot.page.people if boot.page else ()
    yield boot.me


def first(boot: Boot, zone_name: str) -> Paint:
    people = Names(boot)
    rows = [_row(boot, people, entry) for entry in boot.entries]
    room = next((row for row in rows if row.is_open), None)
    return Paint(rows, room, list(_lines(boot, people, _zone(zone_name), room)))


def _zone(name: str) -> ZoneInfo:
    """The reader's time zone as their browser told; UTC until it has."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


# ── the list ──


def _row(boot: Boot, people: Names, entry: Entry) -> Row:
    partner = _partner(people, entry)
    is_open = entry.id == boot.room
    return Row(entry, _title(entry, partner), partner, address(entry), _last_line(people, entry), is_open)


def address(entry: Entry) -> str:
    """What follows /r/ for a room."""
    return sealed.seal(ROOM, entry.id)


def _partner(people: Names, entry: Entry) -> Person | None:
    """The other one of a direct room."""
    if entry.kind != "direct" or not entry.people:
        return None
    return next((person for person in entry.people if person.username != people.me.username), entry.people[0])


def _title(entry: Entry, partner: Person | None) -> str:
    if entry.kind == "direct":
        return partner.display_name if partner else "Direct conversation"
    return entry.name or ", ".join(person.display_name for person in entry.people or ()) or "Group"


def _last_line(people: Names, entry: Entry) -> str:
    message = entry.last
    if message is None:
        return "No messages yet"
    if message.kind == "system":
        return _happened(people, message)
    text = "Message deleted" if message.deleted else snippet(message.body, 90)
    if message.author == people.me.username:
        return f"You: {text}"
    return text if entry.kind == "direct" else f"{people.called(message.author).split(' ')[0]}: {text}"


def snippet(body: str, most: int = 140) -> str:
    line = " ".join(body.split())
    return f"{line[:most]}…" if len(line) > most else line


# ── the conversation ──


def _lines(boot: Boot, people: Names, zone: ZoneInfo, room: Row | None) -> Iterator[Line]:
    messages = boot.page.messages if boot.page else []
    by_id = {message.id: message for message in messages}
    new_from = room.entry.read_pos + 1 if room and room.entry.unread else None
    before: Message | None = None
    for message in messages:
        at = message.sent_at.astimezone(zone)
        if before is None or before.sent_at.astimezone(zone).date() != at.date():
            yield Line("day", at, words=_day(at, zone))
            before = None
        if message.pos == new_from:
            yield Line("new", at)
            before = None
        if message.kind == "system":
            yield Line("system", at, words=_happened(people, message), message=message)
        else:
            quoted = by_id.get(message.reply_to) if message.reply_to is not None else None
            author = people.person(message.author)
            yield Line("message", at, "", message, author, quoted, is_first=not _continues(before, message))
        before = message


def _continues(before: Message | None, message: Message) -> bool:
    """Whether `message` stands under the name of the one `before` it, of the same day."""
    if before is None or before.kind == "system" or before.author != message.author or message.reply_to is not None:
        return False
    return message.sent_at - before.sent_at < _RUN


def _day(at: datetime, zone: ZoneInfo) -> str:
    today = datetime.now(zone).date()
    ago = (today - at.date()).days
    if ago in (0, 1):
        return ("Today", "Yesterday")[ago]
    return f"{at:%A}, {at.day} {at:%B}" + ("" if at.year == today.year else f" {at.year}")


def _happened(people: Names, message: Message) -> str:
    """A system message in a sentence: `happened` in words.js."""
    event = message.event
    if event is None:
        return ""
    who, whom = people.called(message.author), people.called(event.person) if event.person else ""
    return _SENTENCES[event.name](who, whom, event)


_ROLES = {"owner": "an owner", "moderator": "a moderator"}
_SENTENCES = {
    "room.created": lambda who, whom, event: f"{who} created this room",
    "room.renamed": lambda who, whom, event: f"{who} renamed the room to {event.to}",
    "room.topic": lambda who, whom, event: f"{who} set the topic: {event.to}" if event.to else f"{who} removed the topic",
    "room.archived": lambda who, whom, event: f"{who} archived the room",
    "room.unarchived": lambda who, whom, event: f"{who} reopened the room",
    "member.invited": lambda who, whom, event: f"{who} brought in {whom}",
    "member.removed": lambda who, whom, event: f"{who} removed {whom}",
    "member.left": lambda who, whom, event: f"{whom or who} left",
    "member.role": lambda who, whom, event: f"{who} made {whom} {_ROLES.get(event.to or '', 'a member')}",
}
