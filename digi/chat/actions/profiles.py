"""One's profile, told at once to everybody who shares a room."""

from digi.accounts.actions import profiles
from digi.accounts.actors import Actor
from digi.chat.models import Member
from digi.live.changes import ROOM, stream
from digi.protocol.commands import EditProfile
from digi.protocol.objects import Result


def edit(actor: Actor, command: EditProfile) -> Result:
    rooms = Member.objects.filter(person=actor.person_id, has_left=False).values_list("room", flat=True)
    return profiles.edit(actor, command, [stream(ROOM, room_id) for room_id in rooms])
