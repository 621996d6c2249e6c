"""Requests and friendships: what each command makes of how two people stand. Knows no door."""

from collections.abc import Mapping

from digi.accounts import queries, shown
from digi.accounts.actors import Actor
from digi.accounts.logs import Changes, changes
from digi.accounts.models import Friendship, User
from digi.errors import Conflict, DigiError, Forbidden, Invalid, NotFound
from digi.live.changes import PERSON, Signal, stream
from digi.protocol.commands import AcceptFriend, DeclineFriend, RemoveFriend, RequestFriend, WithdrawFriend
from digi.protocol.objects import Result

NONE, REQUESTED, FRIENDS = Friendship.State.NONE, Friendship.State.REQUESTED, Friendship.State.FRIENDS

Standing = tuple[str, bool]  # the state, and whether the actor is who requested


def request(actor: Actor, command: RequestFriend) -> Result:
    moves = {"none": REQUESTED, "incoming": FRIENDS, "outgoing": REQUESTED, "friend": FRIENDS}
    return _move(actor, command.person, moves, Conflict())


def accept(actor: Actor, command: AcceptFriend) -> Result:
    missing = NotFound("There is no request from this person.", field="person")
    return _move(actor, command.person, {"incoming": FRIENDS, "friend": FRIENDS}, missing)


def decline(actor: Actor, command: DeclineFriend) -> Result:
    wrong = Conflict("There is no request from this person to decline.", field="person")
    return _move(actor, command.person, {"incoming": NONE, "none": NONE}, wrong)


def withdraw(actor: Actor, command: WithdrawFriend) -> Result:
    wrong = Conflict("You have no open request to this person.", field="person")
    return _move(actor, command.person, {"outgoing": NONE, "none": NONE}, wrong)


def remove(actor: Actor, command: RemoveFriend) -> Result:
    wrong = Conflict("This person is not a friend.", field="person")
    return _move(actor, command.person, {"friend": NONE, "none": NONE}, wrong)


def _move(actor: Actor, username: str, moves: Mapping[str, str], otherwise: DigiError) -> Result:
    """Bring the two to the state that `moves` names for how they stand, or raise `otherwise`."""
    other = queries.visible_user(actor, username)
    if other.pk == actor.person_id:
        raise Invalid("That is you.", field="person")
    with changes(people=[actor.person_id, other.pk]) as made:
        actor.check(made.people.get(actor.person_id))
        friendship = _between(made, actor.person_id, other.pk)
        before = shown.friend(friendship, actor.person_id).state
        if before not in moves:
            raise otherwise
        if moves[before] != NONE and queries.are_blocked(actor.person_id, other.pk):
            raise Forbidden("You have blocked this person. Lift the block first.", field="person")
        if moves[before] != friendship.state:
            set_state(made, friendship, moves[before], by=actor.person_id)
        friend = shown.friend(friendship, actor.person_id)
    return Result(friend=friend, person=friend.profile)


def _between(made: Changes, one: int, other: int) -> Friendship:
    low, high = made.people[min(one, other)], made.people[max(one, other)]
    row = Friendship.objects.filter(low=low, high=high).first()
    row = row or Friendship(low=low, high=high, state=NONE, low_rev=0, high_rev=0)
    row.low, row.high = low, high
    return row


def set_state(made: Changes, friendship: Friendship, state: str, *, by: int) -> None:
    """Write `state` into both people's logs, which `made` holds locked."""
    ends = friendship.state == FRIENDS
    friendship.state = state
    friendship.requested_by_id = by
    friendship.low_rev = made.people.next_rev(friendship.low_id)
    friendship.high_rev = made.people.next_rev(friendship.high_id)
    friendship.save()
    for person_id in (friendship.low_id, friendship.high_id):
        made.tell(shown.friend_change(friendship, person_id))
    if ends:
        have_look_again(made, friendship.low_id, friendship.high_id)


def have_look_again(made: Changes, *person_ids: int) -> None:
    """Have each of these people's sockets ask again whose presence they may see."""
    for person_id in person_ids:
        made.tell(Signal(stream(PERSON, person_id), {}, rewatch=True))


def end(made: Changes, one: User, other: User) -> None:
    """End whatever there is between the two, if anything."""
    friendship = _between(made, one.pk, other.pk)
    if friendship.state != NONE:
        set_state(made, friendship, NONE, by=one.pk)
