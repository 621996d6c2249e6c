"""Friends, requests and blocks as a page of plain forms."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from digi.accounts import queries
from digi.accounts.actors import Actor
from digi.errors import Invalid
from digi.protocol import commands
from digi.protocol.commands import Command
from digi.protocol.objects import Person
from digi.web.views.asking import actor_of, attempt

ACTS: dict[str, Callable[[str], Command]] = {
    "request": lambda person: commands.RequestFriend(person=person),
    "accept": lambda person: commands.AcceptFriend(person=person),
    "decline": lambda person: commands.DeclineFriend(person=person),
    "withdraw": lambda person: commands.WithdrawFriend(person=person),
    "remove": lambda person: commands.RemoveFriend(person=person),
    "block": lambda person: commands.BlockPerson(person=person),
    "unblock": lambda person: commands.UnblockPerson(person=person),
    "talk": lambda person: commands.CreateRoom(kind="direct", people=[person]),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def friends(request: HttpRequest) -> HttpResponse:
    return _act(request) if request.method == "POST" else _show(request)


def _act(request: HttpRequest) -> HttpResponseRedirect:
    command = _command(request.POST.get("act", ""), request.POST.get("person", ""))
    result = attempt(request, command)
    if result is not None and result.room is not None:
        return redirect("room", result.room.json_value()["id"])
    looked_for = request.POST.get("q", "")
    return redirect(f"{request.path}?{urlencode({'q': looked_for})}" if looked_for else request.path)


def _command(act: str, person: str) -> Command:
    if act not in ACTS or not 1 <= len(person) <= 64 or "\0" in person:
        raise Invalid("This form is not one of ours. Go back and try again.")
    return ACTS[act](person)


def _show(request: HttpRequest) -> HttpResponse:
    actor, looked_for = actor_of(request), request.GET.get("q", "").replace("\0", "").strip()[:64]
    by_state: dict[str, list[Person]] = {"friend": [], "incoming": [], "outgoing": []}
    for friend in queries.friends(actor):
        by_state[friend.state].append(friend.profile)
    blocked = [block.profile for block in queries.blocks(actor)]
    known = {person.username for people in (*by_state.values(), blocked) for person in people}
    shown = {
        **by_state,
        "blocked": blocked,
        "looked_for": looked_for,
        "found": _found(actor, looked_for),
        "known": known,
    }
    return render(request, "web/friends.html", shown)


def _found(actor: Actor, looked_for: str) -> list[Person] | None:
    return queries.people(actor, looked_for) if looked_for else None
