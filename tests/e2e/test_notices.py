"""Who looks elsewhere is told what is addressed to them: once, never of what they see, and only if they want."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone, until

# The system's notices and sounds cannot be seen by a test: these write down what was asked of them. A headless page is
# never hidden, so that it has to say so.
STANDINS = """(() => {
if (location.protocol !== "http:") return;
window.told = []; window.asked = 0; window.sounded = 0; window.badges = [];
class Notice {
  static permission = localStorage.getItem("permission") ?? "granted";
  static async requestPermission() {
    window.asked++;
    localStorage.setItem("permission", (Notice.permission = "granted"));
    return "granted";
  }
  constructor(title, options) { window.told.push(this); Object.assign(this, { title, ...options }); }
  close() { this.closed = true; }
}
window.Notification = Notice;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...args) { window.sounded++; return start.apply(this, args); };
navigator.setAppBadge = async (count) => void window.badges.push(count ?? "dot");
navigator.clearAppBadge = async () => void window.badges.push(0);
Object.defineProperty(document, "visibilityState", { get: () => (window.isAway ? "hidden" : "visible") });
Object.defineProperty(document, "hidden", { get: () => !!window.isAway });
})()"""
TOLD = "window.told.map(({ title, body, tag, closed = false }) => ({ title, body, tag, closed }))"
ISOLATES = re.compile("[\u2068\u2069]")  # round a name, whatever its direction
WITHOUT_WORKER = {"service_workers": "block"}


@pytest.fixture
def someone_told(person):
    """`someone_told("alice")`: somebody whose browser may show notices, and writes down what it shows."""

    def come(who: str | Someone, *, permission: str = "granted", **options: Any) -> Someone:
        someone = person(who, **{**WITHOUT_WORKER, **options})
        someone.context.add_init_script(STANDINS)
        someone.page.goto("/about/")
        someone.page.evaluate("permission => localStorage.setItem('permission', permission)", permission)
        return someone

    return come


def look_away(someone: Someone, is_away: bool = True) -> None:
    someone.page.evaluate(
        "isAway => { window.isAway = isAway; document.dispatchEvent(new Event('visibilitychange')); }", is_away
    )


def told(someone: Someone) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = someone.page.evaluate(TOLD)
    return found


def is_told(someone: Someone, *bodies: str) -> None:
    """These notices were shown by now, and no other."""
    until(someone, f"{TOLD}.length >= {len(bodies)}")
    assert [ISOLATES.sub("", one["body"]) for one in told(someone)] == list(bodies)


def test_what_is_addressed_to_one_is_told_and_nothing_else(someone_told, person):
    alice, bob = someone_told("alice"), person("bob")
    direct = befriend(alice, bob)
    crew = alice.do("room.create", kind="group", name="Crew", people=[bob.name])["room"]["id"]
    alice.visit("/")
    bob.do("message.add", room=crew, body="to all and none")
    bob.do("message.add", room=crew, body=f"@{alice.name} look")
    is_told(alice, f"{bob.name}: @{alice.name} look")
    bob.do("message.add", room=direct, body="between us")
    is_told(alice, f"{bob.name}: @{alice.name} look", "between us")
    assert [one["title"] for one in told(alice)] == ["Crew", bob.name]


def test_nothing_is_told_of_what_one_sees(someone_told, person):
    alice, bob, carol = someone_told("alice"), person("bob"), person("carol")
    seen, other = befriend(alice, bob), befriend(alice, carol)
    alice.open(seen)
    bob.do("message.add", room=seen, body="right before you")
    alice.sees("right before you")
    carol.do("message.add", room=other, body="elsewhere")
    is_told(alice, "elsewhere")
    look_away(alice)
    bob.do("message.add", room=seen, body="behind your back")
    is_told(alice, "elsewhere", "behind your back")


def test_muted_rooms_and_quiet_hours_are_left_in_peace(someone_told, person):
    alice, bob, carol = someone_told("alice"), person("bob"), person("carol")
    muted, loud = befriend(alice, bob), befriend(alice, carol)
    alice.do("room.mute", room=muted, minutes=None)
    alice.visit("/")
    carol.do("message.add", room=loud, body="before bed")
    is_told(alice, "before bed")
    alice.do("settings.edit", quiet_from="00:00", quiet_to="23:59", zone="Europe/Oslo")
    carol.do("message.add", room=loud, body="at night")
    expect(alice.row(carol.name)).to_contain_text("at night")
    alice.do("settings.edit", quiet_from="", quiet_to="")
    bob.do("message.add", room=muted, body="to a muted room")
    expect(alice.row(bob.name)).to_contain_text("to a muted room")
    carol.do("message.add", room=loud, body="by day")
    is_told(alice, "before bed", "by day")


def test_of_two_tabs_one_tells_and_none_where_one_of_them_shows_it(someone_told, person):
    alice, bob = someone_told("alice"), person("bob")
    room = befriend(alice, bob)
    alice.visit("/")
    other = alice.tab()
    other.visit("/")
    for tab in (alice, other):
        look_away(tab)
    bob.do("message.add", room=room, body="one for both")
    for tab in (alice, other):
        expect(tab.row(bob.name)).to_contain_text("one for both")
    look_away(other, False)
    other.open(room)
    bob.do("message.add", room=room, body="seen in one")
    other.sees("seen in one")
    other.visit("/")
    look_away(other)
    bob.do("message.add", room=room, body="and one more")
    wait_for_both(alice, other, "and one more")
    bodies = [one["body"] for tab in (alice, other) for one in told(tab)]
    assert sorted(set(bodies)) == sorted(bodies)
    assert "seen in one" not in bodies


def wait_for_both(one: Someone, other: Someone, body: str) -> None:
    """Until one of the two tabs has told this."""
    for _ in range(100):
        if any(notice["body"] == body for tab in (one, other) for notice in told(tab)):
            return
        one.page.wait_for_timeout(100)
    raise AssertionError(f"nobody told {body!r}")


def test_a_notice_leads_to_its_message_and_goes_once_that_is_read(someone_told, person):
    alice, bob = someone_told("alice"), person("bob")
    room = befriend(alice, bob)
    alice.visit("/")
    look_away(alice)
    bob.do("message.add", room=room, body="come here")
    is_told(alice, "come here")
    assert told(alice)[0]["tag"] == f"room:{room}"
    look_away(alice, False)
    alice.page.evaluate("window.told[0].onclick()")
    alice.sees("come here")
    expect(alice.page).to_have_url(re.compile(f"/r/{room}/"))
    until(alice, f"{TOLD}.every(({{ closed }}) => closed)")


def test_one_is_asked_in_context_and_never_on_load(someone_told, person):
    alice, bob = someone_told("alice", permission="default"), person("bob")
    room = befriend(alice, bob)
    alice.visit("/")
    offer = alice.page.get_by_role("region", name="Notices")
    bob.do("message.add", room=room, body="while you look")
    expect(alice.row(bob.name)).to_contain_text("while you look")
    expect(offer).to_have_count(0)
    look_away(alice)
    bob.do("message.add", room=room, body="while you do not")
    expect(offer).to_be_visible()
    look_away(alice, False)
    assert alice.page.evaluate("window.asked") == 0
    offer.get_by_role("button", name="Tell me").click()
    expect(offer).to_have_count(0)
    assert alice.page.evaluate("window.asked") == 1
    look_away(alice)
    bob.do("message.add", room=room, body="now you know")
    is_told(alice, "now you know")


def test_who_does_not_want_to_be_told_is_not_asked_again(someone_told, person):
    alice, bob = someone_told("alice", permission="default"), person("bob")
    room = befriend(alice, bob)
    alice.visit("/")
    look_away(alice)
    bob.do("message.add", room=room, body="first")
    offer = alice.page.get_by_role("region", name="Notices")
    offer.get_by_role("button", name="Not now").click()
    alice.reload()
    look_away(alice)
    alice.page.keyboard.press("Shift")  # a sound needs a page that was touched
    bob.do("message.add", room=room, body="second")
    until(alice, "window.sounded > 0")
    expect(offer).to_have_count(0)
    assert alice.page.evaluate("window.asked") == 0


def test_in_the_settings_one_allows_notices_and_hears_the_sound(someone_told):
    alice = someone_told("alice", permission="default")
    alice.visit("/")
    alice.page.keyboard.press("Control+,")
    dialog = alice.page.get_by_role("dialog", name="Settings")
    dialog.get_by_role("button", name="Notices", exact=True).click()
    dialog.get_by_role("button", name="Allow notices here").click()
    expect(dialog.get_by_text("Notices are shown on this device.")).to_be_visible()
    assert alice.page.evaluate("window.asked") == 1
    dialog.get_by_role("button", name="Play it").click()
    until(alice, "window.sounded > 0")


def test_with_sounds_off_a_notice_is_silent(someone_told, person):
    alice, bob = someone_told("alice"), person("bob")
    room = befriend(alice, bob)
    alice.do("settings.edit", sounds=False)
    alice.visit("/")
    alice.page.mouse.click(700, 500)
    bob.do("message.add", room=room, body="hush")
    is_told(alice, "hush")
    assert alice.page.evaluate("[window.sounded, window.told[0].silent]") == [0, True]
    alice.do("settings.edit", sounds=True)
    bob.do("message.add", room=room, body="ding")
    until(alice, "window.sounded === 2")  # two notes


def test_the_service_worker_shows_the_notice_where_there_is_one(someone_told, person):
    alice, bob = someone_told("alice", service_workers="allow"), person("bob")
    alice.context.add_init_script("""
      navigator.serviceWorker.getRegistration = async () => ({
        active: {},
        showNotification: async (title, options) => void window.told.push({ title, ...options, by: "worker" }),
        getNotifications: async () => [],
      });
    """)
    room = befriend(alice, bob)
    alice.visit("/")
    bob.do("message.add", room=room, body="by the worker")
    is_told(alice, "by the worker")
    assert alice.page.evaluate("[window.told[0].by, window.told[0].data.room]") == ["worker", room]


def test_title_icon_and_app_tell_how_much_waits(someone_told, person):
    alice, bob = someone_told("alice"), person("bob")
    direct = befriend(alice, bob)
    crew = alice.do("room.create", kind="group", name="Crew", people=[bob.name])["room"]["id"]
    alice.visit("/")
    icon = alice.page.locator("link[rel=icon]")
    for number in range(3):
        bob.do("message.add", room=crew, body=f"to all {number}")
    expect(alice.page).to_have_title(re.compile(r"^\(3\) "))
    until(alice, "window.badges.at(-1) === 'dot'")
    bob.do("message.add", room=direct, body="to you")
    expect(alice.page).to_have_title(re.compile(r"^\(1\) "))
    expect(icon).to_have_attribute("href", re.compile("^data:image/png"))
    until(alice, "window.badges.at(-1) === 1")
    for room in (direct, crew):
        alice.open(room)
    expect(alice.page).to_have_title(re.compile(r"^(?!\()"))
    expect(icon).to_have_attribute("href", re.compile(r"\.svg$"))
    until(alice, "window.badges.at(-1) === 0")
