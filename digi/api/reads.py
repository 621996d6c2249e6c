"""Everything that can be read, and the exchange of a password for a token."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from digi.accounts import limits, queries, sessions
from digi.api.answers import answer, asked, shown
from digi.api.auth import actor_of
from digi.chat import queries as chat
from digi.errors import Invalid, Unauthenticated
from digi.kit import sealed
from digi.live import sources
from digi.live.changes import PERSON, stream
from digi.protocol import frames, objects
from digi.protocol.ids import MESSAGE, ROOM

router = Router(tags=["reading"])

MOST = 2**62


class Signing(Schema):
    username: str
    password: str


class Token(Schema):
    token: str


class Messages(Schema):
    """Oldest first; `people` are the authors."""

    messages: list[objects.Message]
    more: bool
    people: list[objects.Person]


class Revision(Schema):
    body: str
    written_at: objects.Moment


@router.post(
    "/token",
    auth=None,
    response=Token,
    tags=["signing in"],
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": Signing.model_json_schema()}}}
    },
)
def token(request: HttpRequest) -> HttpResponse:
    """A new token for programs, in exchange for a username and password. Ten wrong guesses a minute, no more."""
    fields, address = asked(request), request.META.get("REMOTE_ADDR", "")
    username, password = _text(fields, "username"), _text(fields, "password")
    limits.require_guess(username, address)
    user = sessions.user_of_password(username, password)
    if user is None:
        limits.count_failed_guess(username, address)
        raise Unauthenticated("The username or the password is wrong.")
    return answer({"token": sessions.new_token(user)})


@router.get("/me", response=objects.Me)
def me(request: HttpRequest) -> HttpResponse:
    """Oneself."""
    return answer(queries.me(actor_of(request)).json_value())


@router.get("/me/changes", response=frames.Page)
def my_changes(request: HttpRequest, after: int = 0, limit: int = sources.PAGE) -> HttpResponse:
    """What changed in one's own log: rooms gained, lost and read, friends, blocks."""
    name = stream(PERSON, actor_of(request).person_id)
    return answer(sources.page(name, _rev(after), max(1, min(limit, sources.PAGE))).value())


@router.get("/rooms", response=dict[str, list[objects.Entry]])
def rooms(request: HttpRequest) -> HttpResponse:
    """One's rooms, newest message first."""
    return answer(shown("rooms", chat.inbox(actor_of(request))))


@router.get("/rooms/{room}", response=dict[str, objects.Entry])
def room(request: HttpRequest, room: str) -> HttpResponse:
    """One of one's rooms."""
    return answer({"room": chat.entry(actor_of(request), _room(room)).json_value()})


@router.get("/rooms/{room}/messages", response=Messages)
def messages(
    request: HttpRequest,
    room: str,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = chat.DEFAULT_PAGE,
) -> HttpResponse:
    """A page of a room's messages by exclusive `pos`, oldest first; the newest if no bound is given."""
    bounds = {"before": before, "after": after, "around": around}
    given = {name: _rev(pos, name) for name, pos in bounds.items() if pos is not None}
    page = chat.messages(actor_of(request), _room(room), **given, limit=limit)
    return answer({**shown("messages", page.messages), "more": page.more, **shown("people", page.people)})


@router.get("/rooms/{room}/changes", response=frames.Page)
def changes(request: HttpRequest, room: str, after: int = 0, limit: int = sources.PAGE) -> HttpResponse:
    """What changed in a room after a rev, each object once, as it is now."""
    return answer(chat.changes(actor_of(request), _room(room), _rev(after), limit).value())


@router.get("/rooms/{room}/members", response=dict[str, list[objects.Member]])
def members(request: HttpRequest, room: str) -> HttpResponse:
    """Who is in a room."""
    return answer(shown("members", chat.members(actor_of(request), _room(room))))


@router.get("/messages/{message}/revisions", response=dict[str, list[Revision]])
def revisions(request: HttpRequest, message: str) -> HttpResponse:
    """The earlier texts of a message, for its author and moderators."""
    found = chat.revisions(actor_of(request), sealed.unseal(MESSAGE, message) or 0)
    return answer({"revisions": [{"body": was.body, "written_at": objects.rfc3339(was.written_at)} for was in found]})


@router.get("/people", response=dict[str, list[objects.Person]])
def people(request: HttpRequest, q: str = "") -> HttpResponse:
    """People whose username or display name holds `q`; at most twenty."""
    return answer(shown("people", queries.people(actor_of(request), q)))


@router.get("/people/{username}", response=dict[str, objects.Person])
def person(request: HttpRequest, username: str) -> HttpResponse:
    """One person."""
    return answer({"person": queries.person(actor_of(request), username).json_value()})


@router.get("/friends", response=dict[str, Any])
def friends(request: HttpRequest) -> HttpResponse:
    """Friends, open requests both ways, and people one has blocked."""
    actor = actor_of(request)
    return answer({**shown("friends", queries.friends(actor)), **shown("blocks", queries.blocks(actor))})


def _room(token: str) -> int:
    """The room behind a sealed id; 0, which nothing has, for anything else: missing and forbidden look the same."""
    return sealed.unseal(ROOM, token) or 0


def _rev(number: int, field: str = "after") -> int:
    if not 0 <= number <= MOST:
        raise Invalid("{what} is out of range.", field=field, what=field)
    return number


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value or "\0" in value:
        raise Invalid("{what} should be a text.", field=name, what=name)
    return value
