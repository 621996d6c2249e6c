"""Ends the servers and removes the folders of a test run however the run ends; knows nothing of pytest.

A tiny second process reads lines from a pipe that only the run holds open. When the pipe closes (also because the run
was killed outright) it stops what is still listed. This works on every system, where PR_SET_PDEATHSIG does not.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time


class Guard:
    """The run's end of the pipe. The process behind it starts with the first thing to watch."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def watch(self, pid: int, end_with: signal.Signals) -> None:
        self._tell(f"server {pid} {int(end_with)}")

    def forget(self, pid: int) -> None:
        self._tell(f"ended {pid}")

    def remove(self, folder: str) -> None:
        self._tell(f"folder {folder}")

    def dismiss(self) -> None:
        """Have everything ended and removed now; returns when it is done."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def _tell(self, line: str) -> None:
        if self._process is None:
            # A session of its own: Ctrl-C, and a kill of the whole group, are for the run and not for the guard.
            command = [sys.executable, "-I", "-S", __file__]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, start_new_session=True)
        pipe = self._process.stdin
        assert pipe is not None
        pipe.write(line + "\n")
        pipe.flush()


def main() -> None:
    servers: dict[int, int] = {}
    folders: list[str] = []
    for line in sys.stdin:
        what, _, rest = line.rstrip("\n").partition(" ")
        if what == "folder":
            folders.append(rest)
        elif what == "server":
            pid, number = rest.split()
            servers[int(pid)] = int(number)
        else:
            servers.pop(int(rest), None)
    end_all(servers)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def end_all(servers: dict[int, int]) -> None:
    for pid, number in servers.items():
        with contextlib.suppress(OSError):
            os.kill(pid, number)
    deadline = time.monotonic() + 5
    while any(map(is_alive, servers)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid in filter(is_alive, servers):
        with contextlib.suppress(OSError):
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def is_alive(pid: int) -> bool:
    if os.name == "nt":
        return False  # there, the first signal was the last
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
