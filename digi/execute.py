"""The one door for every write: a command finds its action here. Synchronous, in the caller's thread."""

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, InterfaceError, OperationalError, connection

from digi.accounts.actions import friends, settings
from digi.accounts.actors import Actor
from digi.accounts.limits import require_pace
from digi.chat.actions import blocks, drafts, entries, members, messages, pins, profiles, reactions, rooms
from digi.errors import Conflict, DigiError, Unavailable
from digi.protocol import commands
from digi.protocol.commands import Command
from digi.protocol.objects import Result

log = logging.getLogger("digi.execute")

Action = Callable[[Actor, Any], Result]
T = TypeVar("T")

ACTIONS: Mapping[type[Command], Action] = {
    commands.AddMessage: messages.add,
    commands.EditMessage: messages.edit,
    commands.DeleteMessage: messages.delete,
    commands.ForwardMessage: messages.forward,
    commands.ReactToMessage: reactions.react,
    commands.PinMessage: pins.pin,
    commands.CreateRoom: rooms.create,
    commands.OpenRoom: rooms.open_by_name,
    commands.JoinRoom: rooms.join,
    commands.RenameRoom: rooms.rename,
    commands.SetTopic: rooms.set_topic,
    commands.ArchiveRoom: rooms.archive,
    commands.LeaveRoom: members.leave,
    commands.InvitePerson: members.invite,
    commands.RemoveMember: members.remove,
    commands.ChangeRole: members.change_role,
    commands.MarkRead: entries.mark_read,
    commands.MarkUnread: entries.mark_unread,
    commands.MuteRoom: entries.mute,
    commands.StarRoom: entries.star,
    commands.SaveDraft: drafts.save,
    commands.RequestFriend: friends.request,
    commands.AcceptFriend: friends.accept,
    commands.DeclineFriend: friends.decline,
    commands.WithdrawFriend: friends.withdraw,
    commands.RemoveFriend: friends.remove,
    commands.BlockPerson: blocks.block,
    commands.UnblockPerson: blocks.unblock,
    commands.EditProfile: profiles.edit,
    commands.EditSettings: settings.edit,
}

TRIES = 3


def execute(actor: Actor, command: Command) -> Result:
    """Do what `command` asks, or raise a DigiError; either way the database is whole and told of once."""
    require_pace(actor, command)
    return _persistently(lambda: ACTIONS[type(command)](actor, command), command.name_on_wire)


Together = Callable[[Sequence[Any]], Sequence[Result | DigiError]]

TOGETHER: Mapping[type[Command], Together] = {
    commands.AddMessage: messages.add_many,
    commands.ForwardMessage: messages.add_many,
    commands.MarkRead: entries.mark_read_many,
}
"""What is asked for so often that many are written in one transaction."""


def execute_many(asks: Sequence[tuple[Actor, Command]]) -> list[Result | Exception]:
    """As `execute` for each of these in turn, but in one transaction where that goes; none fails for another's sake.

    All of them are commands of one action in TOGETHER.
    """
    outcomes = [_refusal(*ask) for ask in asks]
    allowed = [ask for ask, refusal in zip(asks, outcomes, strict=True) if refusal is None]
    done = iter(_together(allowed) if allowed else ())
    return [refusal or next(done) for refusal in outcomes]


def _refusal(actor: Actor, command: Command) -> DigiError | None:
    try:
        require_pace(actor, command)
    except DigiError as error:
        return error
    return None


def _together(asks: Sequence[tuple[Actor, Command]]) -> list[Result | Exception]:
    act, name = TOGETHER[type(asks[0][1])], asks[0][1].name_on_wire
    try:
        return [*_persistently(lambda: act(asks), f"{len(asks)} × {name}")]
    except Unavailable as error:
        return [error] * len(asks)
    except Exception as error:  # noqa: BLE001 - each is raised where it was asked for
        return [error] if len(asks) == 1 else [_together([ask])[0] for ask in asks]


def _persistently(work: Callable[[], T], name: str) -> T:
    """Try again where the database says that another transaction was in the way; safe, as nothing was written."""
    for attempt in range(1, TRIES + 1):
        try:
            return work()
        except IntegrityError as error:
            if attempt == TRIES:
                raise Conflict() from error
        except (OperationalError, InterfaceError) as error:
            connection.close_if_unusable_or_obsolete()
            if attempt == TRIES or not _may_pass(error):
                log.exception("%s: the database refused", name)
                raise Unavailable(retry_after=2.0) from error
        time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, not a secret
    raise AssertionError("unreachable")


def _may_pass(error: OperationalError | InterfaceError) -> bool:
    """Serialization failure, deadlock (SQLSTATE 40001, 40P01; SQL Server 1205), a busy SQLite or a lost connection."""
    text = f"{getattr(error.__cause__, 'sqlstate', '')} {error}"
    return any(sign in text for sign in ("40001", "40P01", "1205", "locked", "busy", "closed", "terminat", "lost"))
