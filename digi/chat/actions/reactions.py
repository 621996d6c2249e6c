"""Putting emoji to messages and taking them away. Knows no door."""

import unicodedata
from typing import Any

from digi.accounts.actors import Actor
from digi.chat import access, policy, shown
from digi.chat.changes import changes
from digi.errors import Conflict
from digi.protocol.commands import ReactToMessage
from digi.protocol.ids import room_of
from digi.protocol.objects import Result

MOST_EMOJI, MOST_PEOPLE = 20, 200
EMOJI_STYLE = "\ufe0f"  # asks for a picture where a character could also be drawn as text (UTS #51)

Reactions = list[dict[str, Any]]
"""As `Message.reactions` keeps them: `emoji`, and the usernames of its `people`."""


def react(actor: Actor, command: ReactToMessage) -> Result:
    """Put or take away; doing so twice is doing so once."""
    with changes(rooms=[room_of(command.message)]) as made:
        _, member = access.writable(made, actor, room_of(command.message), "message")
        message = access.message(command.message)
        access.require(policy.can_react(message), "Nobody reacts to what the room itself tells.")
        access.require_undeleted(message)
        change = _put if command.on else _taken
        reactions = change(message.reactions, command.emoji, member.person.username)
        if reactions != message.reactions:
            message.reactions = reactions
            made.renew(message, message.author.username)
    return Result(message=shown.message(message, message.author.username))


def _put(reactions: Reactions, emoji: str, person: str) -> Reactions:
    """As first given: a heart with and without the emoji style is one heart."""
    known = next((one for one in reactions if _same(one["emoji"]) == _same(emoji)), None)
    if known is None:
        if len(reactions) >= MOST_EMOJI:
            raise Conflict("A message has at most twenty different emoji.", field="emoji")
        return [*reactions, {"emoji": emoji, "people": [person]}]
    if person in known["people"]:
        return reactions
    if len(known["people"]) >= MOST_PEOPLE:
        raise Conflict("Two hundred people put this emoji here; more are not counted.", field="emoji")
    more = {**known, "people": [*known["people"], person]}
    return [more if one is known else one for one in reactions]


def _taken(reactions: Reactions, emoji: str, person: str) -> Reactions:
    left = [
        {**one, "people": [name for name in one["people"] if name != person]}
        if _same(one["emoji"]) == _same(emoji)
        else one
        for one in reactions
    ]
    return [one for one in left if one["people"]]


def _same(emoji: str) -> str:
    return unicodedata.normalize("NFC", emoji).replace(EMOJI_STYLE, "")
