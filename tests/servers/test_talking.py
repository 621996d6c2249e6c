"""Two people talk, on every kind of server."""

import re
import socket
import statistics
import time
import urllib.request
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.running import heard, tell
from tests.servers.conftest import Site

pytestmark = pytest.mark.slow


def test_adding_editing_and_deleting_appear_on_the_other_side(site: Site) -> None:
    with site.listen(site.bob) as bob, site.digi.socket(f"/ws/chat/{site.room}/", site.alice) as alice:
        tell(alice, type="add", message="Grüße 🎉", key="key-of-hello")
        added = heard(alice)
        assert heard(bob)["message"]["body"] == "Grüße 🎉"
        tell(alice, type="edit", message_id=added["message_id"], message="Hello")
        assert heard(bob)["message"]["body"] == "Hello"
        tell(alice, type="delete", message_id=added["message_id"])
        deleted = heard(bob)["message"]
        assert (deleted["id"], deleted["body"], deleted["deleted"]) == (added["message_id"], "", True)
        assert [heard(alice)["type"] for _ in range(2)] == ["chat.message.edit", "chat.message.delete"]


def test_a_refusal_is_said_in_the_language_that_was_asked_for(site: Site) -> None:
    refused = {"type": "message.add", "room": "nowhere", "body": "?"}
    told = {}
    for language in ("de", "en"):
        with site.digi.socket("/ws/", site.alice, headers={"Accept-Language": language}) as alice:
            heard(alice)
            tell(alice, type="ask", ref="r", command=refused)
            told[language] = heard(alice)["error"]
    assert told["de"]["code"] == told["en"]["code"] == "not_found"
    assert told["en"]["detail"] == "There is no such room, or it is not yours to see."
    assert told["de"]["detail"].startswith("Diesen Raum gibt es nicht")


def test_an_answer_takes_a_moment(site: Site) -> None:
    times = []
    with site.listen(site.alice) as alice, site.listen(site.bob) as bob:
        for number in range(50):
            started = time.perf_counter()
            command = {"type": "message.add", "room": site.room, "body": f"{number}"}
            tell(alice, type="ask", ref="r", command=command)
            heard(bob)
            times.append(1000 * (time.perf_counter() - started))
            heard(alice), heard(alice)
    print(f"\nheard by the other after {statistics.median(times):.1f} ms, at most {max(times):.1f} ms")
    assert statistics.median(times) < 200


def test_who_is_here_and_who_writes_appears_on_the_other_side(site: Site) -> None:
    with site.listen(site.alice) as alice:
        tell(alice, type="watch", people=["bob"])
        while presence(heard(alice)) != "offline":
            pass
        with site.listen(site.bob) as bob:
            started = time.monotonic()
            assert presence(heard(alice)) == "online"
            print(f"\nonline after {1000 * (time.monotonic() - started):.0f} ms")
            tell(bob, type="here", state="away")
            assert presence(heard(alice)) == "away"
            tell(bob, type="typing", room=site.room)
            assert heard(alice) == {"type": "signal", "log": site.room, "typing": "bob"}
        gone = heard(alice)["presence"]["bob"]
        assert gone["state"] == "offline"
        assert gone["seen_at"].endswith("Z")


def presence(frame) -> str:
    return frame["presence"]["bob"]["state"]


def test_what_is_added_over_http_is_heard_on_sockets(site: Site) -> None:
    with site.listen(site.bob) as bob:
        assert heard_after(bob, site.add(site.alice, "over HTTP")) == "over HTTP"


def heard_after(listener, added) -> str:
    change = heard(listener)
    assert change["message"]["id"] == added["id"]
    return change["message"]["body"]


def test_what_breaks_the_wire_closes_that_socket_alone(site: Site) -> None:
    with site.listen(site.bob) as bob:
        for frame, is_text, code in (("x" * 140_000, True, 1009), (b"\xff\xfe", True, 1007)):
            with site.listen(site.alice) as alice:
                alice.send(frame, text=is_text)
                with pytest.raises(ConnectionClosed) as closed:
                    alice.recv(timeout=5)
                assert closed.value.rcvd is not None
                assert closed.value.rcvd.code == code
        site.add(site.alice, "still here")
        assert heard(bob)["message"]["body"] == "still here"


def test_codes_of_refusal_reach_the_client(site: Site) -> None:
    url = site.digi.url.replace("http", "ws", 1)
    for path, headers, code in (
        ("/ws/", {"Origin": site.digi.url}, 4001),
        (f"/ws/chat/{site.room}/", {"Authorization": "Bearer digi_wrong"}, 4001),
        ("/ws/chat/nowhere/", {"Authorization": f"Bearer {site.bob}"}, 4003),
    ):
        with connect(url + path, additional_headers=headers) as phone, pytest.raises(ConnectionClosed) as closed:
            phone.recv(timeout=5)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == code
    with pytest.raises(InvalidStatus) as refused:
        connect(url + "/ws/", additional_headers={"Origin": "https://evil.example"})
    assert refused.value.response.status_code == 403


def test_a_token_may_come_as_a_subprotocol(site: Site) -> None:
    url = site.digi.url.replace("http", "ws", 1) + f"/ws/chat/{site.room}/"
    with connect(url, subprotocols=["digi.simple", f"bearer.{site.bob}"]) as phone:  # type: ignore[list-item]
        assert phone.subprotocol == "digi.simple"
        tell(phone, type="add", message="from a browser elsewhere")
        assert heard(phone)["user"] == "bob"


def test_a_flood_is_cut(site: Site) -> None:
    with site.listen(site.bob) as bob, pytest.raises(ConnectionClosed) as closed:  # noqa: PT012 - while sending or reading
        for _ in range(50_000):
            tell(bob, type="sync", ref="r", cursors={site.room: 0})
        while True:
            bob.recv(timeout=10)
    assert closed.value.rcvd is None or closed.value.rcvd.code == 4029


def test_a_slow_reader_is_cut_and_slows_nobody_down(site: Site) -> None:
    slow = socket.create_connection(("127.0.0.1", site.digi.port))
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    request = (
        f"GET /ws/ HTTP/1.1\r\nHost: 127.0.0.1:{site.digi.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"Authorization: Bearer {site.bob}\r\n\r\n"
    )
    slow.sendall(request.encode())
    assert slow.recv(12) == b"HTTP/1.1 101"
    gone = f"DISCONNECT /ws/ [127.0.0.1:{slow.getsockname()[1]}]"
    with ExitStack() as stack:
        stack.enter_context(slow)
        alice = stack.enter_context(site.digi.socket(f"/ws/chat/{site.room}/", site.alice))
        times: list[float] = []
        deadline = time.monotonic() + 25
        while gone not in site.digi.log():
            assert time.monotonic() < deadline, "a reader that takes nothing is still there"
            started = time.perf_counter()
            if len(times) < 400:
                tell(alice, type="add", message="𝕏" * 8000)
                heard(alice)
                times.append(time.perf_counter() - started)
            else:
                time.sleep(0.1)
    print(f"\nothers heard each message after {1000 * statistics.median(times):.1f} ms")
    assert statistics.median(times) < 0.2


def test_static_files_are_kept_for_ever_and_pages_are_not(site: Site) -> None:
    with urllib.request.urlopen(site.digi.url + "/about/") as response:
        page = response.read().decode()
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
    found = re.search(r'/static/[^"]+\.[0-9a-f]{12}\.css', page)
    assert found, page
    with urllib.request.urlopen(site.digi.url + found[0]) as response:
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_client_cannot_put_the_site_below_another_path(site: Site) -> None:
    request = urllib.request.Request(site.digi.url + "/about/", headers={"Daphne-Root-Path": "/evil"})
    with urllib.request.urlopen(request) as response:
        assert "/evil" not in response.read().decode()


def test_the_log_tells_of_sockets_without_ids_or_secrets(site: Site) -> None:
    with site.digi.socket(f"/ws/chat/{site.room}/", site.bob) as phone:
        port = phone.socket.getsockname()[1]
    deadline = time.monotonic() + 5
    while f"DISCONNECT /ws/chat/{site.room[:6]}…/ [127.0.0.1:{port}]" not in site.digi.log():
        assert time.monotonic() < deadline, site.digi.log()[-2000:]
        time.sleep(0.05)
    log = site.digi.log()
    for what in ("HANDSHAKING", "CONNECT"):
        assert f"{what} /ws/chat/{site.room[:6]}…/ [127.0.0.1:{port}]" in log
    for secret in (site.room, site.alice, site.bob, "correct horse"):
        assert secret not in log
    assert log.count("Traceback") == log.count("Invalid UTF-8"), "uvicorn's own way to tell of that"
