"""What a page says of facts: what rooms and people are called, what happened, how a message begins. Reads no row."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digi.chat.text import snippet
from digi.kit import names
from digi.protocol.objects import Entry, Event, Message, Person, Reaction
from digi.web.wording import filled, isolated, listed

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


def spoken(people: Names, entry: Entry) -> str:
    """What a room is called in a sentence: "#lounge", "Bob Okafor"."""
    return f"#{title(people, entry)}" if entry.kind == "public" else title(people, entry)


def last_line(people: Names, entry: Entry) -> str:
    """A room's last words, in a list: `lastLine` in words.js."""
    message = entry.last
    if message is None:
        return _("No messages yet")
    if message.kind == "system":
        return happened(people, message)
    text = said(message, 90)
    if message.author == people.me.username:
        return filled(_("You: {text}"), text=text)
    if entry.kind == "direct":
        return text
    first_name = people.called(message.author).split(" ")[0]
    return filled(_("{name}: {text}"), name=isolated(first_name), text=text)


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
    return filled(words, names=listed(named), emoji=reaction.emoji)


def happened(people: Names, message: Message) -> str:
    """A system message in a sentence: `happened` in words.js."""
    event = message.event
    if event is None:
        return ""
    person = event.person or message.author
    who, whom = (isolated(people.person(username).display_name) for username in (message.author, person))
    words = _happened(event, person, message.author, people.me.username)
    return words.format(who=who, whom=whom, to=isolated(event.to or ""))


def _happened(event: Event, person: str, author: str, me: str) -> str:
    if event.name == "member.role" and person == author:
        return _("You changed your own role") if author == me else _("{who} changed their own role")
    if author == me:
        return _by_me(event)
    return (_to_me(event) if person == me else "") or _by_others(event)


def _by_me(event: Event) -> str:
    return {
        "room.renamed": _("You renamed the room to {to}"),
        "room.topic": _("You set the topic: {to}") if event.to else _("You removed the topic"),
        "room.archived": _("You archived the room"),
        "room.unarchived": _("You reopened the room"),
        "member.invited": _("You brought in {whom}"),
        "member.removed": _("You removed {whom}"),
        "member.left": _("You left"),
        "member.role": {
            "owner": _("You made {whom} an owner"),
            "moderator": _("You made {whom} a moderator"),
        }.get(event.to or "", _("You made {whom} a member")),
    }[event.name]


def _to_me(event: Event) -> str:
    """What somebody else did with oneself; nothing where it was done to the room."""
    return {
        "member.invited": _("{who} brought you in"),
        "member.removed": _("{who} removed you"),
        "member.role": {
            "owner": _("{who} made you an owner"),
            "moderator": _("{who} made you a moderator"),
        }.get(event.to or "", _("{who} made you a member")),
    }.get(event.name, "")


def _by_others(event: Event) -> str:
    return {
        "room.renamed": _("{who} renamed the room to {to}"),
        "room.topic": _("{who} set the topic: {to}") if event.to else _("{who} removed the topic"),
        "room.archived": _("{who} archived the room"),
        "room.unarchived": _("{who} reopened the room"),
        "member.invited": _("{who} brought in {whom}"),
        "member.removed": _("{who} removed {whom}"),
        "member.left": _("{whom} left"),
        "member.role": {
            "owner": _("{who} made {whom} an owner"),
            "moderator": _("{who} made {whom} a moderator"),
        }.get(event.to or "", _("{who} made {whom} a member")),
    }[event.name]
