"""Blocks: one person's wall against another. Called with both logs locked; knows no room."""

from digi.accounts import shown
from digi.accounts.actions import friends
from digi.accounts.logs import Changes
from digi.accounts.models import Block, User
from digi.protocol import objects


def put(made: Changes, blocker: User, blocked: User) -> objects.Block:
    """Block, ending a friendship or request. Blocking twice is blocking once."""
    row = Block.objects.filter(blocker=blocker, blocked=blocked).first() or Block(
        blocker=blocker, blocked=blocked, rev=0
    )
    row.blocked = blocked
    if row.rev == 0 or not row.is_active:
        friends.end(made, blocker, blocked)
        _write(made, row, is_active=True)
    return shown.block(row)


def lift(made: Changes, blocker: User, blocked: User) -> objects.Block:
    row = Block.objects.filter(blocker=blocker, blocked=blocked).first()
    if row is None:
        return objects.Block(person=blocked.username, profile=shown.person(blocked), active=False, rev=0)
    row.blocked = blocked
    if row.is_active:
        _write(made, row, is_active=False)
    return shown.block(row)


def _write(made: Changes, row: Block, *, is_active: bool) -> None:
    row.is_active = is_active
    row.rev = made.people.next_rev(row.blocker_id)
    row.save()
    made.tell(shown.block_change(row))
    friends.have_look_again(made, row.blocker_id, row.blocked_id)
