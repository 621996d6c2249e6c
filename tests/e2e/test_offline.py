"""Without the server: what one read is there, what one writes goes out once there is a way, and the page says so."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import running
from tests.e2e.conftest import BROKEN_LINE, Console
from tests.e2e.pages import Someone

OFFLINE = r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|The FetchEvent for"
IS_READY = "() => navigator.serviceWorker.controller?.state === 'activated'"
IS_KEPT = """async ([name, text]) => {
  if (!(await indexedDB.databases()).some((one) => one.name === `digi-kept-${name}`)) return false;
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open(`digi-kept-${name}`);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const rooms = await new Promise((resolve) => {
    const asking = database.transaction('rooms').objectStore('rooms').getAll();
    asking.onsuccess = () => resolve(asking.result);
  });
  database.close();
  return text === null ? rooms.length > 0 : rooms.some(({ messages }) => messages.some(({ body }) => body === text));
}"""
LEFT = """async () => ({
  small: [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) => name.startsWith('digi')),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  bodies: (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys())))
    .flat().map(({ url }) => new URL(url).pathname).filter((path) => !/^\\/(static\\/|shell\\/$)/.test(path)),
})"""


def pill(page: Page):
    return page.locator(".side .link").first


def is_ready(someone: Someone) -> None:
    """The service worker is there, and has all it needs."""
    someone.page.wait_for_function(IS_READY)


def is_kept(someone: Someone, text: str | None = None) -> None:
    """A message with this text, or a room at all, is in the browser's own keeping."""
    for _ in range(200):
        if someone.page.evaluate(IS_KEPT, [someone.name, text]):
            return
        someone.page.wait_for_timeout(100)
    raise AssertionError(f"{text or 'nothing'} is not kept")


@pytest.fixture
def away(console: Console) -> Callable[[BrowserContext], None]:
    """`away(context)`: no network any more; what the browser complains about then is no fault of the page."""

    def away(context: BrowserContext) -> None:
        console.forgive(OFFLINE)
        console.forgive(BROKEN_LINE)
        context.set_offline(True)

    return away


@pytest.fixture
def own(console: Console) -> Iterator[running.Digi]:
    """A server that a test may stop."""
    console.forgive(BROKEN_LINE)
    console.forgive(OFFLINE)
    started = running.Digi()
    started.start()
    yield started
    started.end()


def test_the_last_conversations_open_without_network(pair, away):
    alice, bob, room = pair
    bob.say("Read me on the train")
    alice.sees("Read me on the train")
    other = alice.do("room.open", name="Station")["room"]["id"]
    alice.do("message.add", room=other, body="Platform nine")
    is_ready(alice)
    is_kept(alice, "Read me on the train")
    is_kept(alice, "Platform nine")  # never opened here
    away(alice.context)
    alice.page.goto(f"/r/{room}/")
    alice.sees("Read me on the train")
    expect(pill(alice.page)).to_contain_text(re.compile("Offline|Reconnecting"))
    alice.row("station").click()
    alice.sees("Platform nine")
    fresh = alice.tab()
    fresh.page.goto("/")
    expect(fresh.row("Bob")).to_be_visible()
    fresh.page.close()
    bob.say("Said meanwhile")
    alice.context.set_offline(False)
    alice.is_live()
    alice.row("Bob").click()
    alice.sees("Said meanwhile")
    alice.say("Caught up")
    bob.sees("Caught up")


def test_what_was_deleted_meanwhile_is_gone_once_there_is_a_line(pair, away):
    alice, bob, room = pair
    bob.say("To be regretted")
    alice.sees("To be regretted")
    is_ready(alice)
    is_kept(alice, "To be regretted")
    away(alice.context)
    alice.page.goto("/")
    deleted = bob.ask_for(f"/rooms/{room}/messages")["messages"][-1]["id"]
    bob.do("message.delete", message=deleted)
    alice.context.set_offline(False)
    alice.is_live()
    alice.row("Bob").click()
    expect(alice.log).to_contain_text("Message deleted")
    alice.sees_no("To be regretted")


def test_what_one_writes_offline_goes_out_by_itself_in_order_and_once(pair, away):
    alice, bob, room = pair
    is_ready(alice)
    is_kept(alice)
    away(alice.context)
    alice.page.goto(f"/r/{room}/")
    for text in ("First", "Second", "Third"):
        alice.say(text)
    expect(pill(alice.page)).to_contain_text("3 waiting")
    alice.page.close()
    alice.page = alice.context.new_page()
    alice.page.goto(f"/r/{room}/")
    expect(alice.line("Third")).to_be_visible()
    alice.say("Fourth")
    expect(pill(alice.page)).to_contain_text("4 waiting")
    alice.context.set_offline(False)
    bob.sees("Fourth")
    for text in ("First", "Second", "Third", "Fourth"):
        alice.sees(text)
    assert bob.texts() == ["First", "Second", "Third", "Fourth"]
    expect(pill(alice.page)).to_have_text("Connected")


@pytest.mark.timeout(180)
def test_a_page_whose_server_is_gone_says_so_and_opens_again(own, context_at):
    alice = Someone(context_at(own), own, "alice", own.add("alice"))
    room = alice.do("room.open", name="Harbour")["room"]["id"]
    alice.sign_in("alice")
    alice.open(room)
    alice.say("Before the storm")
    alice.sees("Before the storm")
    expect(pill(alice.page)).to_have_text("Connected")
    is_ready(alice)
    is_kept(alice, "Before the storm")
    own.kill()
    expect(pill(alice.page)).to_contain_text(re.compile(r"Reconnecting in \d+ s|Connecting…"))
    alice.say("In the storm")
    expect(pill(alice.page)).to_contain_text("1 waiting")
    alice.page.reload()
    alice.sees("Before the storm")
    expect(alice.line("In the storm")).to_be_visible()
    own.start()
    alice.is_live()
    alice.sees("In the storm")
    assert alice.texts() == ["Before the storm", "In the storm"]


@pytest.mark.timeout(180)
def test_a_new_version_is_offered_and_comes_when_asked_for(own, context_at):
    alice = Someone(context_at(own), own, "alice", own.add("alice"))
    room = alice.do("room.open", name="Harbour")["room"]["id"]
    alice.sign_in("alice")
    alice.open(room)
    is_ready(alice)
    [before] = alice.page.evaluate("caches.keys()")
    own.stop()
    own.environ["DIGI_NAME"] = "Harbour Chat"  # any difference in what a browser keeps is another version
    own.start()
    alice.is_live(within=60)
    alice.page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    offer = alice.page.get_by_role("region", name="New version")
    expect(offer).to_contain_text("There is a new version.")
    alice.composer.fill("Half a thought")
    assert before in alice.page.evaluate("caches.keys()")
    alice.page.evaluate("window.isOld = true")
    offer.get_by_role("button", name="Reload").click()
    alice.page.wait_for_function("() => !window.isOld")
    alice.is_live()
    expect(alice.list).to_contain_text("Harbour Chat")
    assert before not in alice.page.evaluate("caches.keys()")
    expect(alice.composer).to_have_value("Half a thought")


def test_signing_out_leaves_nothing_behind(pair, away):
    alice, bob, room = pair
    alice.say("Not for the next one")
    bob.sees("Not for the next one")
    is_ready(alice)
    is_kept(alice, "Not for the next one")
    other = alice.tab()
    other.open(room)
    alice.composer.fill("A draft")
    alice.page.goto("/accounts/logout/")
    expect(alice.page.get_by_text("was not sent yet")).to_be_hidden()
    alice.page.get_by_role("button", name="Sign out").click()
    expect(alice.page).to_have_url(re.compile(r"/$"))
    expect(other.page).to_have_url(re.compile("/accounts/login/"))
    left = alice.page.evaluate(LEFT)
    assert left == {"small": [], "databases": [], "bodies": []}


def test_who_signs_out_is_told_what_was_not_sent(pair, away):
    alice, _, room = pair
    alice.page.route("**/api/v1/commands/**", lambda route: route.abort())
    alice.page.route_web_socket("**/ws/", lambda socket: socket.close())
    alice.page.goto(f"/r/{room}/")
    alice.say("Never to arrive")
    expect(pill(alice.page)).to_contain_text("1 waiting")
    alice.page.goto("/accounts/logout/")
    expect(alice.page.get_by_text("was not sent yet")).to_be_visible()


def test_who_signs_in_after_somebody_else_finds_nothing_of_theirs(pair, person):
    alice, *_ = pair
    alice.say("Between us")
    is_kept(alice, "Between us")
    alice.composer.fill("Half a secret")
    charlie = person("charlie")
    [cookie] = [one for one in charlie.context.cookies() if one["name"] == "digi"]
    alice.context.add_cookies([cookie])
    alice.visit("/")
    for _ in range(200):  # not before the page has nothing better to do
        left = alice.page.evaluate(LEFT)
        names = [*left["small"], *left["databases"]]
        if all(alice.name not in name for name in names):
            break
        alice.page.wait_for_timeout(100)
    assert all(alice.name not in name for name in names)


def test_the_app_can_be_installed_from_the_menu_and_asks_for_it_nowhere_else(pair):
    alice, *_ = pair
    alice.page.evaluate(
        """() => {
          const event = new Event('beforeinstallprompt', { cancelable: true });
          event.prompt = async () => (window.isAsked = true);
          dispatchEvent(event);
          window.isHeld = event.defaultPrevented;
        }"""
    )
    assert alice.page.evaluate("window.isHeld && !window.isAsked")
    alice.page.get_by_role("button", name="Settings and more").click()
    alice.page.get_by_role("menuitem", name="Install Digi").click()
    alice.page.wait_for_function("() => window.isAsked")
    alice.page.get_by_role("button", name="Settings and more").click()
    expect(alice.page.get_by_role("menuitem", name="Install Digi")).to_have_count(0)


def test_over_plain_http_all_else_works(pair):
    """There a browser has neither service workers nor caches."""
    alice, bob, room = pair
    alice.context.add_init_script("delete Navigator.prototype.serviceWorker; delete self.caches;")
    plain = alice.tab()
    plain.open(room)
    assert plain.page.evaluate("() => !('serviceWorker' in navigator)")
    plain.say("Without a lock in the bar")
    bob.sees("Without a lock in the bar")
    is_kept(plain, "Without a lock in the bar")
    plain.reload()
    plain.sees("Without a lock in the bar")


def test_a_conversation_that_was_open_before_is_there_at_once(pair):
    alice, bob, _ = pair
    bob.say("From yesterday")
    alice.sees("From yesterday")
    is_kept(alice, "From yesterday")
    bob.say("From today")
    alice.sees("From today")
    alice.visit("/")
    alice.page.route("**/api/v1/rooms/*/messages*", lambda route: route.abort())
    for text in ("From yesterday", "From today"):
        bob.sees(text)
    alice.page.evaluate("() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 500)))")
    alice.row("Bob").click()
    alice.sees("From yesterday")
    alice.sees("From today")
