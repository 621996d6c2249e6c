"""Every program under docs/examples does what it says, against a real server."""

import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import expect

from tests import running
from tests.running import PASSWORD, ROOT, heard, tell
from tests.services import not_run

EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture(scope="module")
def server() -> Iterator[running.Digi]:
    started = running.Digi()
    started.start()
    yield started
    started.end()


@pytest.fixture(scope="module")
def alice(server: running.Digi) -> str:
    return server.add("alice")


def opened(server: running.Digi, token: str, name: str) -> str:
    return str(server.do(token, "room.open", name=name)["room"]["id"])


def bodies(server: running.Digi, token: str, room: str) -> list[str]:
    return [message["body"] for message in server.call(f"/rooms/{room}/messages", token)[1]["messages"]]


def until(is_so: Callable[[], bool], within: float = 20) -> None:
    deadline = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)


# ── talk.sh ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_shell_script_says_and_reads(server, alice):
    if not shutil.which("curl"):
        not_run("the curl example: there is no curl")
    text = 'Hello "from" curl \\o/'
    environ = {**os.environ, "DIGI_USERNAME": "alice", "DIGI_PASSWORD": PASSWORD}
    command = ["sh", str(EXAMPLES / "talk.sh"), server.url, "shell", text]
    told = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=True).stdout
    room = opened(server, alice, "shell")
    assert bodies(server, alice, room) == [text]
    answers = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    assert [next(iter(answer)) for answer in answers] == ["message", "messages", "changes"]
    assert [message["body"] for message in answers[1]["messages"]] == [text]
    assert [change["message"]["body"] for change in answers[2]["changes"] if "message" in change] == [text]


def test_the_shell_script_ends_with_the_reason_of_a_refusal(server, alice):
    if not shutil.which("curl"):
        not_run("the curl example: there is no curl")
    environ = {**os.environ, "DIGI_USERNAME": "alice", "DIGI_PASSWORD": "not hers at all"}
    command = ["sh", str(EXAMPLES / "talk.sh"), server.url, "shell", "Hello"]
    ended = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0


# ── bot.py ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def bot(digi) -> Iterator[tuple[running.Digi, str, str]]:
    """The bot in a room of a server of its own, which may be killed: the server, a token of alice's, and the room."""
    server = digi()
    alice, clock = server.add("alice"), server.add("clock", is_bot=True)
    room = server.do(alice, "room.create", kind="group", name="Ship", people=["clock"])["room"]["id"]
    url = server.url.replace("http", "ws", 1) + f"/ws/chat/{room}/"
    command = [sys.executable, str(EXAMPLES / "bot.py"), url]
    with subprocess.Popen(command, env={**os.environ, "DIGI_TOKEN": clock}, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()  # "I am in the room."
        yield server, alice, room
        process.send_signal(signal.SIGINT)


def answers(server: running.Digi, token: str, room: str) -> int:
    return sum(body.startswith("alice, it is") for body in bodies(server, token, room))


def test_the_bot_answers_each_question_once_through_a_crash(bot):
    server, alice, room = bot
    server.do(alice, "message.add", room=room, body="!time")
    until(lambda: answers(server, alice, room) == 1)
    with server.socket(f"/ws/chat/{room}/", alice) as socket:
        tell(socket, type="add", message="!time")
        heard(socket)
        server.kill()
    server.start()
    server.do(alice, "message.add", room=room, body="!time")
    until(lambda: answers(server, alice, room) == 3)
    time.sleep(1)
    assert answers(server, alice, room) == 3


# ── chat.html ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The address of the examples on another origin."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(EXAMPLES))) as host:
        thread = threading.Thread(target=host.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{host.server_address[1]}"
        host.shutdown()
        thread.join()


@pytest.mark.e2e
@pytest.mark.parametrize("is_file", [True, False], ids=["as a file", "from another origin"])
def test_the_ten_lines_chat(server, alice, elsewhere, browser, is_file):
    room = opened(server, alice, "file" if is_file else "origin")
    folder = EXAMPLES.as_uri() if is_file else elsewhere
    with browser.new_page() as page:
        page.on("dialog", lambda dialog: dialog.accept(alice))
        page.goto(f"{folder}/chat.html#{server.url.replace('http', 'ws', 1)}/ws/chat/{room}/")
        page.wait_for_function("socket.readyState === WebSocket.OPEN")
        page.get_by_placeholder("Message").fill("From ten lines")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("listitem")).to_have_text("alice: From ten lines")
        [message] = server.call(f"/rooms/{room}/messages", alice)[1]["messages"]
        server.do(alice, "message.edit", message=message["id"], body="Edited")
        expect(page.get_by_role("listitem")).to_have_text("alice: Edited")
        server.do(alice, "message.delete", message=message["id"])
        expect(page.get_by_role("listitem")).to_have_count(0)
