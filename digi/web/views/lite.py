"""The conversations as plain pages and forms: for text browsers, e-ink, old machines and those who turn scripts off."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from digi.accounts import shown as people
from digi.chat import queries
from digi.chat.text import snippet
from digi.errors import DigiError, NotFound
from digi.execute import execute
from digi.kit import sealed
from digi.protocol import commands, ids
from digi.protocol.objects import Entry, Message, Person
from digi.web import sentences
from digi.web.moments import Reader
from digi.web.views.asking import actor_of, attempt, user_of

PAGE = 30


@dataclass(frozen=True)
class Place:
    """A room as these pages name it: by its own id, in every link."""

    entry: Entry
    title: str
    token: str

    @property
    def address(self) -> str:
        return reverse("lite_room", args=[self.token])


@login_required
@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    entries = queries.inbox(actor_of(request))
    return render(request, "lite/rooms.html", {"places": [_place(request, entry) for entry in entries]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, room: str) -> HttpResponse:
    place = _found(request, room)
    return _say(request, place) if request.method == "POST" else _show(request, place, key=_key())


@login_required
@require_POST
def read(request: HttpRequest, room: str) -> HttpResponse:
    """Count everything here as read: said by a button, as a page that is merely looked at changes nothing."""
    place = _found(request, room)
    attempt(request, commands.MarkRead(room=place.entry.id, pos=place.entry.last_pos))
    return redirect(place.address)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, room: str, pos: int) -> HttpResponse:
    place, message = _message(request, room, pos)
    shown = {"place": place, "message": message, "body": message.body}
    if request.method == "POST":
        fields = {"message": sealed.seal(ids.MESSAGE, message.id), "body": _typed(request)}
        refused = _refused(request, "message.edit", fields)
        if refused is None:
            return redirect(f"{place.address}?around={pos}#m{pos}")
        shown |= {"refused": refused, "body": fields["body"]}
    return render(request, "lite/edit.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, room: str, pos: int) -> HttpResponse:
    place, message = _message(request, room, pos)
    if request.method == "POST":
        attempt(request, commands.DeleteMessage(message=message.id))
        return redirect(f"{place.address}?around={pos}#m{pos}")
    return render(request, "lite/delete.html", {"place": place, "message": message})


# ── finding ──


def _found(request: HttpRequest, room: str) -> Place:
    room_id = queries.room_id_of(room)
    try:
        return _place(request, queries.entry(actor_of(request), room_id or 0))
    except NotFound:
        raise Http404 from None


def _place(request: HttpRequest, entry: Entry) -> Place:
    names = sentences.Names(people.person(user_of(request)), entry.profiles or ())
    return Place(entry, sentences.title(names, entry), sealed.seal(ids.ROOM, entry.id))


def _message(request: HttpRequest, room: str, pos: int) -> tuple[Place, Message]:
    """A message that is there to be changed; what may not be changed is the command's to say."""
    place = _found(request, room)
    message = _at(request, place, pos)
    if message is None or message.deleted or message.kind != "text":
        raise Http404
    return place, message


def _at(request: HttpRequest, place: Place, pos: int) -> Message | None:
    page = queries.messages(actor_of(request), place.entry.id, after=max(0, pos - 1), limit=1)
    return next((message for message in page.messages if message.pos == pos), None)


# ── saying ──


def _say(request: HttpRequest, place: Place) -> HttpResponse:
    """The key came with the form: sent twice, by a double click or a reload, the message is there once."""
    fields = {"room": place.token, "body": _typed(request), "key": request.POST.get("key") or _key()}
    answered = _answered(request, place)
    if answered is not None:
        fields["reply_to"] = sealed.seal(ids.MESSAGE, answered.id)
    refused = _refused(request, "message.add", fields)
    if refused is None:
        return redirect(f"{place.address}#end")
    return _show(request, place, key=fields["key"], body=fields["body"], refused=refused)


def _key() -> str:
    return uuid.uuid4().hex


def _typed(request: HttpRequest) -> str:
    """Forms send line ends as CR LF (HTML, form submission)."""
    return request.POST.get("body", "").replace("\r\n", "\n").strip("\n")


def _refused(request: HttpRequest, name: str, fields: dict[str, str]) -> str | None:
    """Do what the form asks; the sentence that refuses it, if it is refused."""
    try:
        execute(actor_of(request), commands.parse(name, fields))
    except DigiError as error:
        return error.detail
    return None


# ── showing ──


@dataclass(frozen=True)
class Line:
    """A `day`, a `system` sentence or a `message`."""

    kind: str
    words: str = ""
    when: str = ""
    message: Message | None = None
    author: Person | None = None
    is_mine: bool = False


def _show(request: HttpRequest, place: Place, **form: object) -> HttpResponse:
    answered = _answered(request, place)
    page = queries.messages(actor_of(request), place.entry.id, **_bounds(request), limit=PAGE)
    names = sentences.Names(people.person(user_of(request)), [*page.people, *(place.entry.profiles or ())])
    shown = {
        "place": place,
        "lines": list(_lines(page.messages, names, Reader.of(request))),
        "older": page.messages[0].pos if page.messages and page.messages[0].pos > 1 else None,
        "newer": page.messages[-1].pos if page.messages and page.messages[-1].pos < place.entry.last_pos else None,
        "answered": answered,
        "quoted": snippet(answered.body) if answered else "",
        "may_delete_all": place.entry.kind != "direct" and place.entry.role != "member",
        "form": form,
    }
    return render(request, "lite/room.html", shown, status=422 if "refused" in form else 200)


def _bounds(request: HttpRequest) -> dict[str, int]:
    """Which page is asked for, by an address that a person may have typed."""
    for name in ("before", "after", "around"):
        given = request.GET.get(name, "")
        if given.isascii() and given.isdigit() and len(given) < 12:
            return {name: int(given)}
    return {}


def _lines(messages: Iterable[Message], names: sentences.Names, reader: Reader) -> Iterator[Line]:
    day = None
    for message in messages:
        at = reader.local(message.sent_at)
        if at.date() != day:
            day = at.date()
            yield Line("day", reader.day(at))
        if message.kind == "system":
            yield Line("system", sentences.happened(names, message), reader.clock(at), message)
        else:
            is_mine = message.author == names.me.username
            yield Line("message", "", reader.clock(at), message, names.person(message.author), is_mine)


def _answered(request: HttpRequest, place: Place) -> Message | None:
    """The message that the form answers, if the address or the form sent before names one."""
    pos = request.POST.get("reply_pos") or request.GET.get("reply", "")
    if not (pos.isascii() and pos.isdigit() and len(pos) < 12):
        return None
    found = _at(request, place, int(pos))
    return found if found and not found.deleted else None
