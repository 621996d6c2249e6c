"""The first paint: what the island draws, in the same words and order, as plain values for a template. Reads no row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from digi.protocol.objects import Entry, Member, Person
from digi.web.boot import Boot
from digi.web.headings import HEADINGS, heading, is_muted
from digi.web.lines import Line, address, lines
from digi.web.moments import Reader
from digi.web.sentences import Names, last_line, partner, spoken, title
from digi.web.wording import filled


@dataclass(frozen=True)
class Row:
    """A room in the list; `prompt` stands where one writes in it."""

    entry: Entry
    title: str
    prompt: str
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
class Paint:
    sections: list[Section]
    room: Row | None
    lines: list[Line]
    members: list[Member]
    requests: int
    mentions: int
    has_older: bool


def _all(boot: Boot) -> Iterator[Person]:
    for entry in boot.entries:
        yield from entry.profiles or ()
    yield from (friend.profile for friend in boot.friends)
    yield from (member.profile for member in boot.members or ())
    yield from boot.people
    yield from boot.page.people if boot.page else ()
    yield boot.me


def first(boot: Boot, reader: Reader) -> Paint:
    people = Names(boot.me, _all(boot))
    now = datetime.now(UTC)
    rows = [_row(boot, people, reader, entry, now) for entry in boot.entries]
    room = next((row for row in rows if row.is_open), None)
    conversation = lines(boot, people, reader, room.entry if room else None)
    requests = sum(friend.state == "incoming" for friend in boot.friends)
    mentions = sum(entry.mentions for entry in boot.entries)
    first_pos = boot.page.messages[0].pos if boot.page and boot.page.messages else 1
    return Paint(_sections(rows, now), room, conversation, boot.members or [], requests, mentions, first_pos > 1)


def _sections(rows: list[Row], now: datetime) -> list[Section]:
    """Those with something in them; within each the order of `rows`, the archived last."""
    under: dict[str, list[Row]] = {name: [] for name in HEADINGS}
    for row in sorted(rows, key=lambda row: row.entry.archived):
        under[heading(row.entry, now)].append(row)
    return [Section(name, found) for name, found in under.items() if found]


def _row(boot: Boot, people: Names, reader: Reader, entry: Entry, now: datetime) -> Row:
    at = reader.local(entry.last.sent_at if entry.last else entry.created_at)
    return Row(
        entry=entry,
        title=title(people, entry),
        prompt=filled(_("Message {room}"), room=spoken(people, entry)),
        partner=partner(people, entry),
        address=address(entry),
        at=at,
        when=reader.brief(at),
        last=last_line(people, entry),
        draft="" if entry.id == boot.room else _draft(boot, entry),
        is_open=entry.id == boot.room,
        is_muted=is_muted(entry, now),
    )


def _draft(boot: Boot, entry: Entry) -> str:
    """The beginning of what one has begun to write in a room."""
    return next((draft.body[:90] for draft in boot.drafts if draft.room == entry.id), "")
