"""What a page says of facts: what rooms and people are called, what happened, how a message begins. Reads no row."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digi.chat.text import snippet
from digi.kit import names
from digi.protocol.objects import Entry, Event, Message, Person, Reaction

_NAMED = 3  # people named before the others are counted: NAMED in reactions.js


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
        return _("You") if username == self.me.username else self.person(username).display_name


def isolated(text: str) -> str:
    """`text`, whose direction then says nothing about what stands around it (UAX #9)."""
    return f"\u2068{text}\u2069"


def partner(people: Names, entry: Entry) -> Person | None:
    """The other one of a direct room."""
    if entry.kind != "direct" or not entry.profiles:
        return None
    return next((person for person in entry.profiles if person.username != people.me.username), entry.profiles[0])


def title(people: Names, entry: Entry) -> str:
    """What the reader calls a room."""
    if entry.kind == "direct":
        other = partner(people, entry)
        return other.display_name if other else _("Direct conversation")
    return entry.name or ", ".join(person.display_name for person in entry.profiles or ()) or _("Group")


def last_line(people: Names, entry: Entry) -> str:
    """A room's last words, in a list: `lastLine` in words.js."""
    message = entry.last
    if message is None:
        return _("No messages yet")
    if message.kind == "system":
        return happened(people, message)
    text = said(message, 90)
    if message.author == people.me.username:
        return _("You: {text}").format(text=text)
    if entry.kind == "direct":
        return text
    first_name = people.called(message.author).split(" ")[0]
    return _("{name}: {text}").format(name=isolated(first_name), text=text)


def said(message: Message, most: int = 140) -> str:
    """The beginning of what a message says, on one line."""
    return _("Message deleted") if message.deleted else snippet(message.body, most)


def reacted(people: Names, reaction: Reaction) -> str:
    """ "As "You, Bob and 2 others reacted with 👍": `reacted` in reactions.js."""
    mine = people.me.username
    all_names = [people.called(name) for name in sorted(reaction.people, key=lambda name: name != mine)]
    rest = len(all_names) - _NAMED
    named = all_names[:_NAMED]
    if rest > 0:
        named.append(ngettext("{count} other", "{count} others", rest).format(count=rest))
    words = ngettext("{names} reacted with {emoji}", "{names} reacted with {emoji}", len(all_names))
    return words.format(names=", ".join(named), emoji=reaction.emoji)


def happened(people: Names, message: Message) -> str:
    """A system message in a sentence: `happened` in words.js."""
    if message.event is None:
        return ""
    person = message.event.person
    who, whom = (_name(people, username) for username in (message.author, person or message.author))
    return _sentence(message.event).format(who=who, whom=whom, to=isolated(message.event.to or ""))


def _name(people: Names, username: str) -> str:
    called = people.called(username)
    return called if username == people.me.username else isolated(called)


def _sentence(event: Event) -> str:
    if event.name == "room.topic":
        return _("{who} set the topic: {to}") if event.to else _("{who} removed the topic")
    if event.name == "member.role":
        return _role(event.to)
    return {
        "room.renamed": _("{who} renamed the room to {to}"),
        "room.archived": _("{who} archived the room"),
        "room.unarchived": _("{who} reopened the room"),
        "member.invited": _("{who} brought in {whom}"),
        "member.removed": _("{who} removed {whom}"),
        "member.left": _("{whom} left"),
    }[event.name]


def _role(role: str | None) -> str:
    if role == "owner":
        return _("{who} made {whom} an owner")
    return _("{who} made {whom} a moderator") if role == "moderator" else _("{who} made {whom} a member")
