"""What the island begins with: the same objects the wire brings later, written into the page. Knows no markup."""

from typing import Annotated, cast

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from pydantic import BaseModel, ConfigDict, Field

from digi.accounts import installations, shown
from digi.accounts import queries as accounts
from digi.accounts.actors import Actor
from digi.accounts.languages import language_of
from digi.accounts.models import User
from digi.chat import queries as chat
from digi.protocol.frames import VERSION, Limits
from digi.protocol.ids import RoomId
from digi.protocol.objects import Block, Draft, Entry, Friend, Me, Member, Message, Person


class MessagesPage(BaseModel):
    """Messages, oldest first, with who wrote them: the newest, or those around what a permanent link names."""

    messages: list[Message]
    more: bool
    people: list[Person]


class Boot(BaseModel):
    model_config = ConfigDict(frozen=True)

    version: int
    epoch: str
    name: Annotated[str, Field(description="the server's name")]
    me: Me
    entries: list[Entry]
    room: RoomId | None
    page: MessagesPage | None
    members: list[Member] | None
    friends: list[Friend]
    blocks: list[Block]
    drafts: list[Draft]
    people: Annotated[list[Person], Field(description="who wrote what the list and the conversation quote")]
    quoted: Annotated[list[Message], Field(description="what the page's messages answer, and is not among them")]
    reads: Annotated[dict[str, int], Field(description="how far the others of the open room have read, where told")]
    at: Annotated[int | None, Field(description="the pos that a permanent link names")]
    language: Annotated[str, Field(description="in which the page is drawn: en, de, es, fr or ar")]
    urls: dict[str, str]
    limits: Limits


def read(request: HttpRequest, actor: Actor, room_id: int | None, pos: int | None = None) -> Boot:
    """What `actor` begins with: in this room, around this pos of it, or in none. Raises NotFound."""
    # Heads first, content after: what changes in between is then newer than its head, and is fetched once more. The
    # other way round it would be behind a head that says it is there.
    entries, authors = chat.inbox_and_people(actor)
    at = _nearest(entries, room_id, pos)
    opened = None if room_id is None else chat.opened(actor, room_id, at)
    quoted = _quoted(actor, opened.page.messages if opened else [])
    return Boot(
        version=VERSION,
        epoch=installations.epoch(),
        name=settings.DIGI_NAME,
        me=shown.me(cast("User", request.user)),
        entries=entries,
        room=room_id,
        page=_page(opened.page) if opened else None,
        members=opened.members if opened else None,
        friends=accounts.friends(actor),
        blocks=accounts.blocks(actor),
        drafts=chat.drafts(actor),
        people=[*authors, *quoted.people],
        quoted=quoted.messages,
        reads=opened.reads if opened else {},
        at=at,
        language=language_of(request.user, request.headers.get("Accept-Language", "")),
        urls=addresses(),
        limits=Limits(**Limits().model_dump()),
    )


def _nearest(entries: list[Entry], room_id: int | None, pos: int | None) -> int | None:
    """The pos of a message there is, the nearest to the one asked for."""
    last = next((entry.last_pos for entry in entries if entry.id == room_id), 0)
    return max(1, min(pos, last)) if pos is not None and last else None


def _quoted(actor: Actor, messages: list[Message]) -> chat.MessagesPage:
    """What they answer, where that stands further up."""
    held = {message.id for message in messages}
    wanted = {message.reply_to for message in messages if message.reply_to is not None} - held
    return chat.chosen(actor, wanted) if wanted else chat.MessagesPage([], more=False, people=[])


def _page(page: chat.MessagesPage) -> MessagesPage:
    return MessagesPage(messages=page.messages, more=page.more, people=page.people)


def addresses() -> dict[str, str]:
    """Where the island leads to, and the files it names: nothing of anybody."""
    names = {
        "login": "account_login",
        "logout": "account_logout",
        "password": "account_change_password",
        "devices": "usersessions_list",
    }
    pages = {name: reverse(names.get(name, name)) for name in (*names, "friends", "profile", "about", "enter")}
    sheets = {name: static(f"digi/css/{name}") for name in ("dialog.css", "settings.css", "picker.css")}
    return {**pages, "icons": static("digi/icons.svg"), **sheets}


_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


def embedded(boot: Boot) -> SafeString:
    """`boot` as it stands in the page."""
    return escaped(boot.model_dump_json(exclude_unset=True))


def escaped(json: str) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    return mark_safe(json.translate(_ESCAPES))  # noqa: S308 - escaped here
