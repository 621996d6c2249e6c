"""Blocking a person: it changes both people, and ends writing in the direct room of the two."""

from collections.abc import Callable

from digi.accounts.actions import blocks
from digi.accounts.actors import Actor
from digi.accounts.logs import Changes
from digi.accounts.models import User, normal
from digi.chat.changes import changes
from digi.chat.models import Room
from digi.errors import Invalid, NotFound
from digi.protocol import objects
from digi.protocol.commands import BlockPerson, UnblockPerson
from digi.protocol.objects import Result

Write = Callable[[Changes, User, User], objects.Block]


def block(actor: Actor, command: BlockPerson) -> Result:
    return _write(actor, command.person, blocks.put)


def unblock(actor: Actor, command: UnblockPerson) -> Result:
    return _write(actor, command.person, blocks.lift)


def _write(actor: Actor, username: str, write: Write) -> Result:
    # One may block a person who has blocked oneself: looked up without the usual veil, told like anybody missing.
    other = User.objects.filter(username=normal(username), is_active=True).first()
    if other is None:
        raise NotFound("There is no such person.", field="person")
    if other.pk == actor.person_id:
        raise Invalid("That is you.", field="person")
    low, high = sorted((actor.person_id, other.pk))
    room_ids = Room.objects.filter(pair=f"{low}:{high}").values_list("pk", flat=True)
    with changes(rooms=room_ids, people=[low, high]) as made:
        blocker = actor.check(made.people.get(actor.person_id))
        block = write(made, blocker, made.people[other.pk])
    return Result(block=block, person=block.profile)
