"""The page of the conversations: a first paint of the list and one room, and what the island begins with."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from digi.chat import queries
from digi.errors import NotFound
from digi.kit import sealed
from digi.protocol.ids import ROOM
from digi.web import boot, modules, paint, text
from digi.web.forms import EnterRoom
from digi.web.moments import Reader
from digi.web.views.asking import actor_of


@login_required
@require_safe
def room(request: HttpRequest, room: str, pos: int | None = None) -> HttpResponse:
    """A room by its id, or a public one by its name, at its newest message or at the one that a permanent link names.

    Who is not in it is asked before they enter.
    """
    room_id = queries.room_id_of(room)
    if room_id is None:
        return _offer(request, room, exists=False)
    try:
        return show(request, room_id, pos)
    except NotFound:
        if sealed.unseal(ROOM, room) is not None:
            raise Http404 from None
        return _offer(request, room, exists=True)


@ensure_csrf_cookie
def show(request: HttpRequest, room_id: int | None, pos: int | None = None) -> HttpResponse:
    """The island with this room open, or with none; raises NotFound."""
    began = boot.read(request, actor_of(request), room_id, pos)
    shown = {
        "boot": boot.embedded(began),
        "paint": paint.first(began, Reader.of(request)),
        "has_details": request.COOKIES.get("details") != "0",
        "me": began.me,
        "public_rooms": text.addresses_of(began.entries),
        "sheets": modules.first_sheets(),
        "modules": modules.first_modules(began.language),
    }
    return render(request, "web/island.html", shown)


def _offer(request: HttpRequest, name: str, *, exists: bool) -> HttpResponse:
    """Ask before entering or making a room: a link alone changes nothing."""
    form = EnterRoom({"name": name})
    if not form.is_valid():
        raise Http404
    shown = {"name": form.cleaned_data["name"], "exists": exists, "form": form}
    return render(request, "web/enter.html", shown, status=200 if exists else 404)
