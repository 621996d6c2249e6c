"""A server that is stopped or killed: it ends in time and says why, and nothing is lost or doubled."""

import time

import pytest
from websockets.exceptions import ConnectionClosed

from tests.running import Digi, heard, tell
from tests.servers.conftest import furnish, options

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
def test_a_restart_loses_nothing_and_doubles_nothing(digi, server: str) -> None:
    site = furnish(digi(**options(server=server)))
    with site.listen(site.bob) as bob, site.digi.socket(f"/ws/chat/{site.room}/", site.alice) as alice:
        tell(alice, type="add", message="before", key="key-before")
        cursor = heard(alice)["rev"]
        started = time.monotonic()
        assert site.digi.stop() == 0
        print(f"\n{server} stopped in {time.monotonic() - started:.2f} s")
        with pytest.raises(ConnectionClosed) as closed:  # noqa: PT012 - whatever else was on its way
            while True:
                bob.recv(timeout=5)
        if server == "uvicorn":  # Daphne says nothing
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1012
    assert "Traceback" not in site.digi.log()

    started = time.monotonic()
    site.digi.start()
    print(f"{server} answered {time.monotonic() - started:.2f} s after its second start")
    with site.digi.socket(f"/ws/chat/{site.room}/?after={cursor}", site.alice) as alice:
        tell(alice, type="add", message="before", key="key-before")  # its answer might have been lost
        assert heard(alice)["rev"] == cursor
        site.add(site.bob, "after")
        assert heard(alice)["message"] == "after"

    site.digi.kill()
    site.digi.start()
    assert site.bodies() == ["before", "after"]
    with site.digi.socket(f"/ws/chat/{site.room}/?after={cursor}", site.alice) as alice:
        assert heard(alice)["message"] == "after"


def test_what_was_acknowledged_survives_any_kill(digi) -> None:
    site = furnish(digi(**options(server="uvicorn")))
    for _ in range(2):
        acknowledged = [site.add(site.alice, f"{number} {time.monotonic()}")["body"] for number in range(20)]
        site.digi.kill()
        site.digi.start()
        assert site.bodies()[-20:] == acknowledged
    check = site.digi.run("check")
    assert check.returncode == 0, check.stdout


def test_interrupting_it_is_no_error(digi) -> None:
    import signal

    server: Digi = digi(server="uvicorn")
    assert server._process is not None
    server._process.send_signal(signal.SIGINT)
    assert server._process.wait(10) == 0
    assert "Traceback" not in server.log()


def test_a_database_that_dies_is_told_honestly_and_comes_back(digi, postgres) -> None:
    site = furnish(digi(DATABASE_URL=postgres.fresh_database(), DIGI_RATE="1000"))
    with site.listen(site.bob) as bob:
        site.add(site.alice, "before")
        assert heard(bob)["message"]["body"] == "before"
        postgres.kill()
        status, answer = site.digi.call("/commands/message.add", site.alice, {"room": site.room, "body": "lost?"})
        assert (status, answer["code"]) == (503, "unavailable")
        tell(bob, type="ask", ref="r", command={"type": "message.add", "room": site.room, "body": "lost?"})
        assert heard(bob, within=20)["error"]["code"] == "unavailable"
        postgres.start()
        failures = 0
        for _ in range(30):
            status, _ = site.digi.call("/me", site.alice)
            failures += status != 200
        print(f"\n{failures} of 30 readings failed after the database was back")
        assert failures == 0
        site.add(site.alice, "after")
        assert heard(bob, within=15)["message"]["body"] == "after"
    assert site.bodies() == ["before", "after"]
