"""How the browser client feels, in figures: `bin/bench client` prints a table, and JSON with `--json FILE`.

A server of its own, a real Chromium and real sockets, all on this machine: they share its cores, so that the figures
are what somebody sees whose server and browser are one small computer. Nothing is asserted here.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.talkers import Talkers, people_of
from bench.wire import Load, Wire
from tests.browsers import LAUNCH_FLAGS, chromium_path
from tests.running import Digi

ROOM_FULL = 50  # messages in the first paint
TALKERS = [f"talker{number}" for number in range(1, 11)]
STORM_RATE, STORM_SECONDS = 500, 10
TRAFFIC = 2_000  # messages at one time; ten times as many follow
MOMENTS, BETWEEN = 4, 250  # the heap is looked at so often, with so many messages between, and is what it was at most
REST = 400  # ms between two switches: all of the first is painted
AHEAD = 3000  # ms in which a page that is live loads what it may want later


class Figure(NamedTuple):
    what: str
    measured: str
    wanted: str


class Scene:
    """alice's browser and bob's in one room, and people who talk there without one."""

    def __init__(self, digi: Digi, browser: Any) -> None:
        self.digi = digi
        self.keys = people_of(digi, ["alice", "bob", *TALKERS])
        people = ["bob", *TALKERS]
        self.room = self._do("alice", "room.create", kind="group", name="Bench", people=people)["room"]["id"]
        self.other = self._do("alice", "room.create", kind="group", name="Next", people=people)["room"]["id"]
        for room in (self.room, self.other):
            for number in range(ROOM_FULL + 10):
                self._do("bob", "message.add", room=room, body=f"Line {number} of what was said before.")
        self._browser = browser
        self.alice, self.bob = self.context("alice"), self.context("bob")
        self.talkers = Talkers(digi, [self.keys[name]["token"] for name in TALKERS])

    def _do(self, who: str, command: str, **fields: Any) -> Any:
        return self.digi.do(self.keys[who]["token"], command, **fields)

    def context(self, who: str) -> BrowserContext:
        """A browser of theirs that knows nothing yet."""
        wide = {"width": 1440, "height": 860}
        context: BrowserContext = self._browser.new_context(base_url=self.digi.url, viewport=wide)
        keys = self.keys[who]
        context.add_cookies([{"name": keys["cookie"], "value": keys["session"], "url": self.digi.url}])
        return context

    def page(self, context: BrowserContext, *, script: str = "") -> Page:
        """The room, live; `script` runs before anything of the page does."""
        page = context.new_page()
        if script:
            page.add_init_script(script)
        page.goto(f"/r/{self.room}/")
        page.wait_for_selector(".link.open")
        return page


# ── loading ──


def first_load(scene: Scene) -> Iterator[Figure]:
    context = scene.context("alice")
    page = context.new_page()
    wire = Wire(context.new_cdp_session(page))
    page.goto(f"/r/{scene.room}/")
    page.wait_for_selector(".link.open")
    page.wait_for_timeout(AHEAD)
    named, at_once, ahead = wire.loads()
    wide = page.evaluate(_WIDE)
    always = [load for load in named if load.url not in wide]
    yield Figure("first load: the script and the style that every page names", _sizes(always), "≤ 60 KB")
    at_once += [load for load in named if load.url in wide]  # the details beside the room
    yield Figure("brought beside it, by the time it is live", _sizes(at_once), "")
    yield Figure("loaded ahead afterwards, while nothing else is to do", _sizes(ahead), "")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
    script = page.evaluate(_FIRST_SCRIPT)
    yield Figure("first contentful paint; the first script had arrived after", f"{paint:.0f} ms; {script:.0f} ms", "")
    held = _html(scene).count('class="msg')
    yield Figure("messages in the server's HTML, before any script", str(held), f"≥ {ROOM_FULL}")
    context.close()


_WIDE = "[...document.querySelectorAll('link[media]')].map(({ href }) => href)"
_FIRST_SCRIPT = """() => {
  const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
  return Math.min(...scripts.map(({ responseEnd }) => responseEnd));
}"""


def _sizes(loads: list[Load]) -> str:
    sizes = sorted(((load.size / 1024, load.name) for load in loads), reverse=True)
    largest = ", ".join(f"{name} {size:.1f}" for size, name in sizes[:3])
    return f"{sum(size for size, _ in sizes):.1f} KB in {len(loads)} files ({largest}{', …' if sizes[3:] else ''})"


def _html(scene: Scene) -> str:
    keys = scene.keys["alice"]
    request = Request(f"{scene.digi.url}/r/{scene.room}/", headers={"Cookie": f"{keys['cookie']}={keys['session']}"})
    with urlopen(request, timeout=20) as response:
        text: str = response.read().decode()
    return text


# ── typing ──

_WATCH = """() => {
  window.shown = {};
  const now = () => performance.timeOrigin + performance.now();
  const look = () => requestAnimationFrame(() => {
    for (const body of document.querySelectorAll('.msg .body')) {
      const text = body.textContent.trim();
      if (/^echo-\\d+/.test(text)) window.shown[text.match(/^echo-\\d+/)[0]] ??= now();
    }
  });
  new MutationObserver(look).observe(document.querySelector('[role=log]'), { subtree: true, childList: true });
  addEventListener('keydown', (event) => event.key === 'Enter' && (window.pressed = now()), true);
}"""


def echoes(scene: Scene, rounds: int = 30) -> Iterator[Figure]:
    alice, bob = scene.page(scene.alice), scene.page(scene.bob)
    for page in (alice, bob):
        page.evaluate(_WATCH)
    own, others = [], []
    for number in range(rounds):
        text = f"echo-{number}"
        alice.locator(".compose textarea").fill(text)
        alice.keyboard.press("Enter")
        for page in (alice, bob):
            page.wait_for_function("(text) => window.shown[text]", arg=text)
        pressed = alice.evaluate("window.pressed")
        own.append(alice.evaluate("(text) => window.shown[text]", text) - pressed)
        others.append(bob.evaluate("(text) => window.shown[text]", text) - pressed)
    yield Figure("key press to own echo on screen", _spread(own), "< 50 ms")
    yield Figure("key press to the other browser's screen", _spread(others), "< 150 ms")
    alice.close()
    bob.close()


_SWITCH = """(id) => new Promise((done) => {
  const from = performance.now();
  const link = document.querySelector(`.side a[href*="${id}"]`);
  const name = link.querySelector('.name').textContent.trim();
  const look = () => {
    const head = document.querySelector('.head h1')?.textContent ?? '';
    if (head.includes(name) && document.querySelectorAll('.msg').length > 10) done(performance.now() - from);
    else requestAnimationFrame(look);
  };
  link.click();
  requestAnimationFrame(look);
})"""


def switches(scene: Scene, rounds: int = 20) -> Iterator[Figure]:
    page = scene.page(scene.alice)
    for room in (scene.other, scene.room):
        page.evaluate(_SWITCH, room)  # from now on they are cached
    times = []
    for number in range(rounds):
        page.wait_for_timeout(REST)
        times.append(page.evaluate(_SWITCH, (scene.other, scene.room)[number % 2]))
    yield Figure("switching to a cached room", _spread(times), "< 50 ms")
    page.close()


# ── a storm ──

_FRAMES = """() => {
  window.frames_ = [];
  const tick = (at) => { window.frames_.push(at); requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""


_HEARD = """(() => {
  const heard = (window.heard = new Set());
  window.WebSocket = class extends WebSocket {
    constructor(...how) {
      super(...how);
      this.addEventListener('message', ({ data }) => {
        for (const [, pos] of data.matchAll(/"pos":(\\d+)/g)) heard.add(Number(pos));
      });
    }
  };
})()"""
_COUNT = "([from, to]) => [...window.heard].filter((pos) => from < pos && pos <= to).length"
_HELD = "[...document.querySelectorAll('[data-pos]')].map((one) => Number(one.dataset.pos))"


def storm(scene: Scene) -> Iterator[Figure]:
    page = scene.page(scene.alice, script=_HEARD)
    page.evaluate(_FRAMES)
    before = scene.talkers.last_pos(scene.room)
    sent = scene.talkers.say(scene.room, STORM_RATE * STORM_SECONDS, rate=STORM_RATE)
    last = _shown(scene, page)
    at = page.evaluate("window.frames_")
    slowest = min(_per_second(at))
    words = f"{slowest} in the slowest second, {sent.rate:.0f} messages/s arriving for {sent.seconds:.1f} s"
    yield Figure("frames a second in a storm of messages", words, f"≥ 30 at {STORM_RATE}/s")
    heard = page.evaluate(_COUNT, [before, last])
    newest = max(page.evaluate(_HELD))
    words = f"{heard:,} of {last - before:,}; newest shown {newest:,} of {last:,}"
    yield Figure("messages that came, of those that were sent", words, "all")
    held = page.evaluate(_HELD)
    holes = sum(1 for before, after in pairwise(held) if after != before + 1)
    yield Figure("holes in what is shown afterwards", str(holes), "0")
    page.close()


def heap(scene: Scene) -> Iterator[Figure]:
    page = scene.page(scene.alice)
    used = []
    for count in (TRAFFIC, 9 * TRAFFIC):
        scene.talkers.say(scene.room, count, rate=STORM_RATE)
        used.append(max(_used(scene, page) for _ in range(MOMENTS)))
    words = f"{used[1] / used[0]:.2f} × ({used[0] / 1e6:.1f} → {used[1] / 1e6:.1f} MB)"
    yield Figure(f"heap after {10 * TRAFFIC:,} messages against {TRAFFIC:,}", words, "≤ 1.2 ×")
    page.close()


def _used(scene: Scene, page: Page) -> int:
    """Bytes of the page's heap, some messages later: it holds more and more of them until those far away are let go."""
    scene.talkers.say(scene.room, BETWEEN, rate=STORM_RATE)
    _shown(scene, page)
    page.wait_for_timeout(1500)
    cdp = page.context.new_cdp_session(page)
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    size: int = cdp.send("Runtime.getHeapUsage")["usedSize"]
    cdp.detach()
    return size


def _shown(scene: Scene, page: Page) -> int:
    """The newest pos of the room, once it is on the page."""
    last = scene.talkers.last_pos(scene.room)
    page.wait_for_function("(pos) => document.querySelector(`[data-pos='${pos}']`)", arg=last, timeout=60_000)
    return last


def _per_second(at: list[float]) -> list[int]:
    """Frames in each full second."""
    first = at[0]
    counts: dict[int, int] = {}
    for moment in at:
        second = int((moment - first) / 1000)
        counts[second] = counts.get(second, 0) + 1
    full = [counts.get(second, 0) for second in range(max(counts))]
    return full or [len(at)]


def _spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"median {statistics.median(ordered):.0f} ms, slowest of {len(ordered)}: {ordered[-1]:.0f} ms"


# ── ──

PARTS: dict[str, Callable[[Scene], Iterator[Figure]]] = {
    "load": first_load,
    "echo": echoes,
    "switch": switches,
    "storm": storm,
    "heap": heap,
}


@contextmanager
def stage() -> Iterator[Scene]:
    path = chromium_path()
    if path is None:
        sys.exit("There is no Chromium here.")
    digi = Digi(DIGI_RATE="100000")
    digi.start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=LAUNCH_FLAGS)
        try:
            yield Scene(digi, browser)
        finally:
            browser.close()
            digi.end()


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench client", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named")
    chosen = parser.parse_args()
    found: list[Figure] = []
    with stage() as scene:
        for name in chosen.parts or PARTS:
            started = time.monotonic()
            figures = list(PARTS[name](scene))
            found += figures
            for figure in figures:
                print(f"{figure.what:62} {figure.measured:58} {figure.wanted}", flush=True)
            print(f"  ({name}: {time.monotonic() - started:.0f} s)", file=sys.stderr)
    if chosen.json:
        chosen.json.write_text(json.dumps([figure._asdict() for figure in found], ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
