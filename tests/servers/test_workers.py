"""Several processes over Redis, and `manage.py runserver`."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.running import ROOT, heard, tell
from tests.servers.conftest import furnish, options

pytestmark = pytest.mark.slow


def test_two_workers_over_a_redis_that_dies(digi, redis) -> None:
    """What is written at one is heard at the other; without Redis a little later."""
    site = furnish(digi(server="uvicorn", workers="2", REDIS_URL=redis.url, DIGI_RATE="1000"))
    with ExitStack() as stack:
        listeners = [stack.enter_context(site.listen(site.bob)) for _ in range(8)]
        ports = {listener.socket.getsockname()[1] for listener in listeners}
        assert len(owners(site.digi.port, ports)) == 2, "all sockets came to one worker"

        times = []
        for number in range(20):
            started = time.perf_counter()
            site.add(site.alice, f"{number}")
            for listener in listeners:
                assert heard(listener, within=2)["message"]["body"] == f"{number}"
            times.append(time.perf_counter() - started)
        print(f"\nheard at both workers after {1000 * sorted(times)[10]:.0f} ms")

        redis.kill()
        started = time.monotonic()
        acknowledged = [site.add(site.alice, f"without {number}")["body"] for number in range(10)]
        print(f"without Redis acknowledged after {(time.monotonic() - started) / 10:.3f} s each")
        for listener in listeners:
            assert [heard(listener, within=15)["message"]["body"] for _ in acknowledged] == acknowledged
        print(f"without Redis heard by all after {time.monotonic() - started:.1f} s")

        redis.start()
        time.sleep(2)
        started = time.monotonic()
        site.add(site.alice, "and back")
        for listener in listeners:
            assert heard(listener, within=15)["message"]["body"] == "and back"
        print(f"with Redis back heard by all after {time.monotonic() - started:.1f} s")
    assert site.digi.stop() == 0


@pytest.mark.timeout(240)
def test_presence_between_two_workers(digi, redis) -> None:
    """Told across workers in a moment, without Redis later, and right again when a worker was killed."""
    site = furnish(digi(server="uvicorn", workers="2", REDIS_URL=redis.url, DIGI_RATE="1000"))
    with ExitStack() as stack:
        alices = [stack.enter_context(site.listen(site.alice)) for _ in range(8)]
        workers = {alice: owner(site, alice) for alice in alices}
        bob = stack.enter_context(site.listen(site.bob))
        one = next(alice for alice in alices if workers[alice] == owner(site, bob))
        other = next(alice for alice in alices if workers[alice] != owner(site, bob))
        for alice in (one, other):
            tell(alice, type="watch", people=["bob"])
            until(alice, "online")

        tell(bob, type="here", state="away")
        print(f"\nheard at the other worker after {1000 * until(other, 'away'):.0f} ms")
        redis.kill()
        tell(bob, type="here", state="online")
        until(one, "online")  # the same worker needs no Redis
        redis.start()
        print(f"with Redis back after {until(other, 'online', within=40):.1f} s")

        os.kill(owner(site, bob), signal.SIGKILL)
        print(f"after a kill gone after {until(other, 'offline', within=90):.1f} s")


def until(listener, state: str, within: float = 20) -> float:
    """How long it takes to hear that bob is in this state; raises TimeoutError."""
    started = time.monotonic()
    while True:
        frame = heard(listener, within=within - (time.monotonic() - started))
        if frame.get("presence", {}).get("bob", {}).get("state") == state:
            return time.monotonic() - started


def owner(site, listener) -> int:
    """The worker at the other end."""
    (found,) = owners(site.digi.port, {listener.socket.getsockname()[1]})
    return found


def owners(port: int, peers: set[int]) -> set[int]:
    """The processes that hold the server's ends of these connections."""
    inodes = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        local, remote = (int(address.split(":")[1], 16) for address in fields[1:3])
        if local == port and remote in peers:
            inodes.add(f"socket:[{fields[9]}]")
    found = set()
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            links = {os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")}
        except OSError:
            continue
        if links & inodes:
            found.add(int(pid))
    return found


def test_runserver_answers_http_and_websocket(digi, tmp_path) -> None:
    site = furnish(digi(**options(server="uvicorn")))
    site.digi.stop()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        site.digi.port = probe.getsockname()[1]
    site.digi.url = f"http://127.0.0.1:{site.digi.port}"
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{site.digi.port}"]
    with (tmp_path / "log").open("w+") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=site.digi.environ, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 20
            while True:
                try:
                    assert site.digi.call("/me", site.alice)[0] == 200
                    break
                except OSError:
                    assert time.monotonic() < deadline, (tmp_path / "log").read_text()
                    time.sleep(0.1)
            with site.digi.socket(f"/ws/chat/{site.room}/", site.alice) as alice:
                tell(alice, type="add", message="Hello")
                assert heard(alice)["message"] == "Hello"
        finally:
            server.terminate()
            server.wait(10)
    said = (tmp_path / "log").read_text()
    for word in ("HANDSHAKING", "CONNECT", "DISCONNECT"):
        assert re.search(rf"WebSocket {word} /ws/chat/{site.room[:6]}…/ \[127\.0\.0\.1:\d+\]", said), said
    assert site.room not in said
