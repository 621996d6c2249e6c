"""One's profile, told at once to everybody who shares a room."""

from digi.accounts.actions import profiles
from digi.accounts.actors import Actor
from digi.chat import queries
from digi.live.changes import ROOM, stream
from digi.protocol.commands import EditProfile
from digi.protocol.objects import Result


def edit(actor: Actor, command: EditProfile) -> Result:
    rooms = queries.heads(actor)
    return profiles.edit(actor, command, {stream(ROOM, room_id): head for room_id, head in rooms.items()})
