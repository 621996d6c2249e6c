"""Every screen there is, by its name, and the way to it: for tests that look at all of them. Judges none.

Who adds a screen adds a line to one of the tables.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.pages import Someone
from tests.running import Digi

PAGES_OUTSIDE = {
    "front door": "/",
    "sign up": "/accounts/signup/",
    "sign in": "/accounts/login/",
    "about": "/about/",
    "licences": "/about/licences/",
    "no such page": "/nothing/",
    "invitation that is none": "/join/nonsense/",
    "link that is none": "/reset/nonsense/",
}
PAGES_INSIDE = {
    "friends page": "/friends/?q=a",
    "profile page": "/profile/",
    "settings page": "/settings/",
    "password page": "/accounts/password/change/",
    "devices page": "/accounts/sessions/",
    "sign out": "/accounts/logout/",
    "room that is not there": "/r/nothing-here/",
    "room to enter": "/r/harbour/",
    "page not found": "/nothing/",
}
ANSWERED_4XX = "Failed to load resource: the server responded with a status of 4"


@dataclass(frozen=True)
class World:
    """What `who` of these screens has before her."""

    who: str
    keys: dict[str, str]
    crew: str
    quiet: str
    direct: str
    archived: str


def make_world(server: Digi, register: Callable[[str], dict[str, str]]) -> World:
    """A list with every kind of row, and rooms with every kind of line."""
    keys = {name: register(name) for name in ("wanda", "xaver", "yara", "zeno", "ulla")}

    def do(who: str, command: str, **fields: Any) -> Any:
        return server.do(keys[who]["token"], command, **fields)

    do("wanda", "friend.request", person="xaver")
    do("xaver", "friend.accept", person="wanda")
    do("yara", "friend.request", person="wanda")
    do("wanda", "friend.request", person="zeno")
    do("wanda", "person.block", person="ulla")
    direct = do("wanda", "room.create", kind="direct", people=["xaver"])["room"]["id"]
    crew = do("wanda", "room.create", kind="group", name="Crew of the boat", people=["xaver"])["room"]["id"]
    quiet = do("wanda", "room.create", kind="group", name="Nothing said", people=["xaver"])["room"]["id"]
    archived = do("wanda", "room.create", kind="group", name="Long ago", people=["xaver"])["room"]["id"]
    do("wanda", "room.archive", room=archived)
    for who in ("xaver", "zeno"):
        do(who, "room.open", name="harbour" if who == "zeno" else "lounge")
    lounge = do("wanda", "room.open", name="lounge")["room"]["id"]
    _talk(do, crew, direct, lounge)
    return World("wanda", keys["wanda"], crew, quiet, direct, archived)


def _talk(do: Callable[..., Any], crew: str, direct: str, lounge: str) -> None:
    for text in ("First, see https://example.org", "Second, with **bold**, `code` and ~~what was~~", "> said before"):
        do("xaver", "message.add", room=crew, body=text)
    asked = do("xaver", "message.add", room=crew, body="@wanda and @everyone, who comes?")["message"]["id"]
    do("wanda", "message.react", message=asked, emoji="👍")
    do("wanda", "message.pin", message=asked)
    do("wanda", "message.add", room=crew, body="I do", reply_to=asked)
    edited = do("wanda", "message.add", room=crew, body="At nine")["message"]["id"]
    do("wanda", "message.edit", message=edited, body="At ten")
    gone = do("wanda", "message.add", room=crew, body="Or not")["message"]["id"]
    do("wanda", "message.delete", message=gone)
    do("wanda", "message.forward", message=asked, room=direct)
    do("xaver", "message.add", room=lounge, body=TEXT)
    do("xaver", "message.add", room=lounge, body="@wanda look here")


TEXT = """Some **bold**, *soft*, ~~gone~~, `code` and ||hidden|| words, see #lounge and [the rules](https://example.org).

> said before
- one
  1. two

| left | right |
|:-----|------:|
| a    | b     |

```python
def f(x):  # a line that is far longer than a phone is wide, so that it has to be moved sideways to be read
    return "a" + str(1)
```
🎉"""


# ── the island ──

Way = Callable[[Someone, World], None]


def in_room(act: Way) -> Way:
    """`act`, once the full room is open."""

    def go(someone: Someone, world: World) -> None:
        someone.open(world.crew)
        expect(someone.line("At ten")).to_be_visible()
        act(someone, world)

    return go


def from_list(act: Way) -> Way:
    def go(someone: Someone, world: World) -> None:
        someone.visit("/")
        act(someone, world)

    return go


def dialog(someone: Someone, name: str | re.Pattern[str] = "") -> Locator:
    found = someone.page.get_by_role("dialog", name=name) if name else someone.page.get_by_role("dialog")
    expect(found).to_be_visible()
    return found


def message_menu(someone: Someone, _: World) -> None:
    someone.line("At ten").focus()
    someone.page.keyboard.press("Enter")
    expect(someone.page.get_by_role("menu")).to_be_visible()


def message_action(name: str) -> Way:
    def act(someone: Someone, world: World) -> None:
        message_menu(someone, world)
        someone.page.get_by_role("menuitem", name=name, exact=True).click()

    return act


def details(someone: Someone, _: World) -> None:
    if not someone.details.is_visible():
        someone.page.get_by_role("button", name="Show the details").click()
    expect(someone.details).to_be_visible()


def texts(someone: Someone, _: World) -> None:
    someone.visit("/r/lounge/")
    expect(someone.lines.locator(".c-word").first).to_be_visible()


def emoji(someone: Someone, _: World) -> None:
    someone.page.get_by_role("button", name="Emoji", exact=True).click()
    expect(dialog(someone, "Choose an emoji").get_by_role("grid")).to_be_visible()


def own_menu(item: str = "") -> Way:
    def act(someone: Someone, _: World) -> None:
        someone.page.get_by_role("button", name="Settings and more").click()
        expect(someone.page.get_by_role("menu")).to_be_visible()
        if item:
            someone.page.get_by_role("menuitem", name=item, exact=True).click()
            dialog(someone)

    return act


def settings(part: str) -> Way:
    def act(someone: Someone, world: World) -> None:
        own_menu("Settings")(someone, world)
        dialog(someone, "Settings").get_by_role("button", name=part, exact=True).click()
        expect(dialog(someone, "Settings").get_by_role("heading", name=part)).to_be_visible()

    return act


def quiet_hours(someone: Someone, world: World) -> None:
    settings("Notices")(someone, world)
    someone.page.get_by_role("switch", name="Leave me in peace at night").check()
    expect(someone.page.get_by_label("Time zone")).to_be_visible()


def finder(text: str) -> Way:
    def act(someone: Someone, _: World) -> None:
        someone.page.keyboard.press("Control+k")
        someone.page.get_by_role("dialog").get_by_role("combobox").fill(text)
        expect(someone.page.get_by_role("option").first).to_be_visible()

    return act


def pressed(button: str) -> Way:
    def act(someone: Someone, _: World) -> None:
        someone.page.get_by_role("button", name=button).first.click()
        dialog(someone)

    return act


def filtered_to_nothing(someone: Someone, _: World) -> None:
    someone.page.get_by_label("Filter the conversations").fill("zzz")


ISLAND: dict[str, Way] = {
    "list": lambda someone, _: someone.visit("/"),
    "list, nothing found": from_list(filtered_to_nothing),
    "room": in_room(lambda _someone, _world: None),
    "empty room": lambda someone, world: someone.open(world.quiet),
    "direct room": lambda someone, world: someone.open(world.direct),
    "archived room": lambda someone, world: someone.open(world.archived),
    "details of a room": in_room(details),
    "menu of a message": in_room(message_menu),
    "editing": in_room(message_action("Edit")),
    "answering": in_room(message_action("Reply")),
    "edit history": in_room(message_action("Edit history")),
    "readers": in_room(message_action("Who has read this")),
    "texts": texts,
    "emoji": in_room(emoji),
    "forwarding": in_room(message_action("Forward…")),
    "finder": from_list(finder("b")),
    "finder, nothing found": from_list(finder("zzz")),
    "new conversation": from_list(pressed("New conversation")),
    "mentions": from_list(pressed("Mentions")),
    "own menu": from_list(own_menu()),
    "friends": from_list(own_menu("Friends")),
    "keyboard": from_list(own_menu("Keyboard")),
    "settings": from_list(own_menu("Settings")),
    "settings, quiet hours": from_list(quiet_hours),
    **{
        f"settings, {part.lower()}": from_list(settings(part))
        for part in ("Profile", "Look", "Language", "Writing", "Notices", "Privacy", "Devices")
    },
}
