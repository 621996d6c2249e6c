"""Everything that can be read, and the exchange of a password for a token."""

import re
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

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
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})", re.IGNORECASE
)


class Signing(Schema):
    username: str
    password: str


class Token(Schema):
    token: str


class Messages(Schema):
    """Oldest first; `people` are the authors, and who pinned something."""

    messages: list[objects.Message]
    more: bool
    people: list[objects.Person]


class Bounds(Schema):
    """Which page: an exclusive `pos`, or `at`, a moment as in RFC 3339. At most one of the first four."""

    before: int | None = None
    after: int | None = None
    around: int | None = None
    at: str | None = None
    limit: int = chat.DEFAULT_PAGE


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
    return answer(queries.me(actor_of(request)))


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
    return answer({"room": chat.entry(actor_of(request), _room(room))})


@router.get("/rooms/{room}/messages", response=Messages)
def messages(request: HttpRequest, room: str, bounds: Query[Bounds]) -> HttpResponse:
    """A page of a room's messages, oldest first: the newest, those before, after or around a pos, or from a moment."""
    actor, room_id = actor_of(request), _room(room)
    given = {
        name: _rev(pos, name) for name in ("before", "after", "around") if (pos := getattr(bounds, name)) is not None
    }
    if bounds.at is None:
        return _messages(chat.messages(actor, room_id, **given, limit=bounds.limit))
    if given:
        raise Invalid("Give one of before, after, around and at.", field="at")
    return _messages(chat.messages_at(actor, room_id, _moment(bounds.at), limit=bounds.limit))


@router.get("/rooms/{room}/pins", response=Messages)
def pins(request: HttpRequest, room: str) -> HttpResponse:
    """What is pinned in a room, the newest pin first: all of it."""
    return _messages(chat.pins(actor_of(request), _room(room)))


@router.get("/rooms/{room}/reads", response=dict[str, dict[str, int]])
def reads(request: HttpRequest, room: str) -> HttpResponse:
    """How far members have read, by username; nobody in rooms of more than fifty, nor who does not want it known."""
    return answer({"reads": chat.reads(actor_of(request), _room(room))})


@router.get("/mentions", response=Messages)
def mentions(request: HttpRequest, before: str | None = None, limit: int = chat.DEFAULT_PAGE) -> HttpResponse:
    """Messages that address oneself, in all of one's rooms, newest first; `before` is the last message one has."""
    last = None if before is None else _message(before)
    return _messages(chat.mentions(actor_of(request), last, limit))


@router.get("/drafts", response=dict[str, list[objects.Draft]])
def drafts(request: HttpRequest) -> HttpResponse:
    """What one has begun to write, in whichever room."""
    return answer(shown("drafts", chat.drafts(actor_of(request))))


@router.get("/rooms/{room}/changes", response=frames.Page)
def changes(request: HttpRequest, room: str, after: int = 0, limit: int = sources.PAGE) -> HttpResponse:
    """What changed in a room after a rev, each object once, as it is now."""
    return answer(chat.changes(actor_of(request), _room(room), _rev(after), limit).value())


@router.get("/rooms/{room}/members", response=dict[str, list[objects.Member]])
def members(request: HttpRequest, room: str) -> HttpResponse:
    """Who is in a room."""
    return answer(shown("members", chat.members(actor_of(request), _room(room))))


@router.get("/messages", response=Messages)
def some_messages(request: HttpRequest, ids: str = "") -> HttpResponse:
    """Messages by their ids (at most 200, with commas between): those that are there, and one's to see."""
    found = [_message(token) for token in ids.split(",", chat.MOST_A_PAGE)]
    return _messages(chat.chosen(actor_of(request), found))


@router.get("/messages/{message}/revisions", response=dict[str, list[Revision]])
def revisions(request: HttpRequest, message: str) -> HttpResponse:
    """The earlier texts of a message, for its author and moderators."""
    found = chat.revisions(actor_of(request), _message(message))
    return answer({"revisions": [{"body": was.body, "written_at": objects.rfc3339(was.written_at)} for was in found]})


@router.get("/people", response=dict[str, list[objects.Person]])
def people(request: HttpRequest, q: str = "") -> HttpResponse:
    """People whose username or display name holds `q`; at most twenty."""
    return answer(shown("people", queries.people(actor_of(request), q)))


@router.get("/people/{username}", response=dict[str, objects.Person])
def person(request: HttpRequest, username: str) -> HttpResponse:
    """One person."""
    return answer({"person": queries.person(actor_of(request), username)})


@router.get("/friends", response=dict[str, Any])
def friends(request: HttpRequest) -> HttpResponse:
    """Friends, open requests both ways, and people one has blocked."""
    actor = actor_of(request)
    return answer({**shown("friends", queries.friends(actor)), **shown("blocks", queries.blocks(actor))})


def _room(token: str) -> int:
    """The room behind a sealed id; 0, which nothing has, for anything else: missing and forbidden look the same."""
    return sealed.unseal(ROOM, token) or 0


def _message(token: str) -> int:
    return sealed.unseal(MESSAGE, token) or 0


def _messages(page: chat.MessagesPage) -> HttpResponse:
    return answer({**shown("messages", page.messages), "more": page.more, **shown("people", page.people)})


def _moment(text: str) -> datetime:
    """A moment as in RFC 3339: a date, a time and how far it is from UTC."""
    try:
        found = datetime.fromisoformat(text.upper()) if _MOMENT.fullmatch(text) else None
    except ValueError:  # the form is right, but there is no 30th of February
        found = None
    if found is None:
        raise Invalid("at: should be a moment such as 2026-01-31T12:00:00Z.", field="at")
    return found


def _rev(number: int, field: str = "after") -> int:
    if not 0 <= number <= MOST:
        raise Invalid("{what} is out of range.", field=field, what=field)
    return number


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value or "\0" in value:
        raise Invalid("{what} should be a text.", field=name, what=name)
    return value
