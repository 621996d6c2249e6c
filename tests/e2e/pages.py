"""What a person does at a browser, and sees there: the words of the tests. Knows roles and labels, hardly a class."""

import re
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.running import PASSWORD, Digi

WATCH = """() => {
  const log = document.querySelector('[role=log]');
  const now = () => performance.timeOrigin + performance.now();
  window.watched = { stayed: true, acted: 0, seen: [] };
  const look = () => window.watched.seen.push([now(), log.textContent]);
  new MutationObserver(look).observe(log, { subtree: true, childList: true, characterData: true });
  for (const kind of ['keydown', 'click']) addEventListener(kind, () => (window.watched.acted = now()), true);
}"""
SINCE = """([text, present, since]) => {
  const found = window.watched.seen.find(([at, words]) => at >= since && words.includes(text) === present);
  return found ? found[0] - since : null;
}"""

TEXTS = """(bodies) => bodies.map((body) => {
  const said = body.cloneNode(true);
  for (const mark of said.querySelectorAll('.edited, .pinned, .state, .ticks')) mark.remove();
  return said.textContent;
})"""

Way = Literal["appears", "goes"]


class Someone:
    """A person at one page of one browser."""

    def __init__(self, context: BrowserContext, server: Digi, name: str = "", token: str = "") -> None:
        self.context = context
        self.server = server
        self.name = name
        self.token = token
        self.page: Page = context.new_page()

    # ── coming and going ──

    def sign_up(self, name: str) -> None:
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign up").click()
        self.name = name

    def sign_in(self, name: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.name = name

    def visit(self, path: str = "/") -> None:
        """Open a page of the island and wait until it is live."""
        answer = self.page.goto(path)
        assert answer
        assert answer.ok, f"{path} is answered {answer.status}:\n{self.server.log()[-4000:]}"
        self.is_live()

    def open(self, room: str) -> None:
        self.visit(f"/r/{room}/")

    def reload(self) -> None:
        self.page.reload()
        self.is_live()

    def is_live(self, within: float = 30) -> None:
        expect(self.page.locator(".link.open")).to_have_count(1, timeout=within * 1000)

    def tab(self) -> "Someone":
        """Another tab of the same browser."""
        return Someone(self.context, self.server, self.name, self.token)

    def do(self, command: str, **fields: Any) -> Any:
        """A command of this person's, given past the browser."""
        return self.server.do(self.token, command, **fields)

    # ── the conversation ──

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^Message "))

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="Messages")

    @property
    def lines(self) -> Locator:
        return self.log.get_by_role("article")

    @property
    def bodies(self) -> Locator:
        return self.lines.locator(".body")

    def line(self, text: str) -> Locator:
        return self.lines.filter(has_text=text)

    def texts(self) -> list[str]:
        return list(self.bodies.evaluate_all(TEXTS))

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def sees(self, text: str, within: float = 20) -> None:
        """There is one message with this text, and it is no more on its way."""
        expect(self.line(text)).to_have_count(1, timeout=within * 1000)
        expect(self.line(text)).not_to_have_class(re.compile("pending"), timeout=within * 1000)

    def sees_no(self, text: str, within: float = 20) -> None:
        expect(self.line(text)).to_have_count(0, timeout=within * 1000)

    def point_at(self, text: str) -> Locator:
        self.page.bring_to_front()  # a tab behind another draws once a second
        self.line(text).hover()
        return self.line(text)

    def begin_edit(self, text: str) -> Locator:
        self.point_at(text).get_by_role("button", name="Edit", exact=True).click()
        return self.editor

    @property
    def editor(self) -> Locator:
        return self.page.get_by_role("textbox", name="Edit the message")

    def edit(self, text: str, to: str) -> None:
        editor = self.begin_edit(text)
        editor.fill(to)
        editor.press("Enter")

    def delete(self, text: str) -> None:
        self.point_at(text).get_by_role("button", name="More").click()
        self.page.get_by_role("menuitem", name="Delete").click()

    # ── around it ──

    @property
    def list(self) -> Locator:
        return self.page.get_by_role("navigation", name="Conversations")

    def row(self, title: str) -> Locator:
        return self.list.get_by_role("listitem").get_by_role("link").filter(has_text=title)

    @property
    def details(self) -> Locator:
        return self.page.get_by_role("complementary", name="Room details")

    def member(self, name: str) -> Locator:
        return self.details.get_by_role("listitem").filter(has_text=name)

    def act_on(self, member: str, action: str) -> None:
        self.member(member).get_by_role("button", name="What to do with").click()
        self.page.get_by_role("menu").get_by_text(action, exact=True).click()

    def answer(self, dialog: str, button: str) -> None:
        self.page.get_by_role("dialog", name=dialog).get_by_role("button", name=button, exact=True).click()

    def ask_for(self, path: str) -> Any:
        """What the API answers to this browser."""
        return self.page.evaluate("path => fetch('/api/v1' + path).then((answer) => answer.json())", path)

    # ── being sure that nothing was loaded anew ──

    def watch(self) -> None:
        """From now on note when the conversation changes; what is noted dies with the page."""
        self.page.evaluate(WATCH)

    def stayed(self) -> bool:
        return bool(self.page.evaluate("window.watched?.stayed === true"))

    def acted_at(self) -> float:
        """When this person last pressed a key or clicked, in ms of the machine's clock."""
        return float(self.page.evaluate("window.watched.acted"))

    def waited(self, text: str, since: float, way: Way = "appears") -> float:
        """How many ms after `since` the text came to this page, or went."""
        found = self.page.evaluate(SINCE, [text, way == "appears", since])
        assert found is not None, f"{text!r} was never seen to have done that: it {way}"
        return float(found)


def until(someone: Someone, expression: str) -> None:
    """Wait for it to be true. Playwright's own way to wait for a function makes a script of a string: the policy."""
    for _ in range(200):
        if someone.page.evaluate(expression):
            return
        someone.page.wait_for_timeout(100)
    raise AssertionError(f"never: {expression}")
