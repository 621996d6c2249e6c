"""Builds Digi's Python environments and hands over to them; knows only the standard library, and nothing of Digi.

An environment is a folder that holds exactly what its locks in requirements/ say, checked by hash. Written so
that an older Python can still read it, and say that it is too old.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)


class Problem(Exception):
    """What the person at the terminal has to mend, in one line."""


def leave_with(work: Callable[[], int]) -> NoReturn:
    """Do the work and end the process with its status; a Problem is one line and status 2."""
    try:
        require_python()
        status = work()
    except Problem as problem:
        print(f"digi: {problem}", file=sys.stderr)
        status = 2
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def require_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        wanted, found = ".".join(map(str, OLDEST_PYTHON)), sys.version.split()[0]
        raise Problem(
            f"Python {wanted} or newer is needed; this is {found}. If there is one, name it: python{wanted} …"
        )


def digi(arguments: list[str]) -> int:
    """The `digi` command, in the environment it runs in. Where the system can, this process becomes it."""
    # -P: the folder one stands in may hold another digi/; ours is found through the environment's digi.pth.
    return become([str(environment(".venv", *run_locks())), "-P", "-m", "digi", *arguments])


def run_locks() -> list[str]:
    on_sql_server = os.environ.get("DATABASE_URL", "").startswith("mssql")
    return ["run.txt", "mssql.txt"] if on_sql_server else ["run.txt"]


def become(command: list[str]) -> int:
    if os.name == "posix":
        os.execv(command[0], command)
    return call(command)  # Windows' execv returns to the shell at once


def call(command: list[str], **environ: str) -> int:
    """Run it to its end and return its status. Ctrl-C is the child's to answer, and ours once it has."""
    child = subprocess.Popen(command, env={**os.environ, **environ})
    interrupted = False
    while child.poll() is None:
        try:
            child.wait()
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return child.returncode


def environment(name: str, *locks: str) -> Path:
    """The interpreter of the environment in the folder `name`, brought to exactly what `locks` say; raises Problem."""
    folder = ROOT / name
    wanted = fingerprint(locks)
    if not is_current(folder, wanted):
        with alone(folder):
            if not is_current(folder, wanted):
                build(folder, locks, wanted)
    return interpreter(folder)


def fingerprint(locks: tuple[str, ...]) -> str:
    """Changes with the locks, and when the folder of the project has moved (environments hold its path)."""
    digest = hashlib.sha256(str(ROOT).encode())
    for lock in locks:
        digest.update(read_lock(lock))
    return digest.hexdigest()


def read_lock(lock: str) -> bytes:
    try:
        return (ROOT / "requirements" / lock).read_bytes()
    except OSError as error:
        raise Problem(f"requirements/{lock} cannot be read ({error.strerror}).") from None


def is_current(folder: Path, wanted: str) -> bool:
    stamp = folder / "digi-locks"
    return stamp.exists() and stamp.read_text() == wanted and interpreter(folder).exists()


def build(folder: Path, locks: tuple[str, ...], wanted: str) -> None:
    files = [str(ROOT / "requirements" / lock) for lock in locks]
    print(f"digi: building {folder.name} from requirements/{', '.join(locks)} …", file=sys.stderr)
    uv = find_uv()
    clear(folder)
    demand([uv, "venv", "--quiet", "--python", sys.executable, str(folder)], "The environment could not be made")
    sync = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(interpreter(folder)), *files]
    demand(sync, "The packages could not be installed (behind a mirror? uv reads UV_DEFAULT_INDEX, not pip.conf)")
    (site_packages(folder) / "digi.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    (folder / "digi-locks").write_text(wanted)


def find_uv() -> str:
    return shutil.which("uv") or private_uv()


def private_uv() -> str:
    """Our own, pinned uv, fetched with pip the first time."""
    folder = ROOT / ".tools" / "uv"
    wanted = fingerprint(("uv.txt",))
    stamp = folder / "digi-locks"
    if not (stamp.exists() and stamp.read_text() == wanted):
        clear(folder)
        fetch_uv(folder)
        stamp.write_text(wanted)
    found = [*folder.glob("bin/uv*"), *folder.glob("Scripts/uv*")]
    return str(next(path for path in found if path.stem == "uv"))


def fetch_uv(folder: Path) -> None:
    what = "uv, which installs everything else, could not be fetched with pip"
    lock = ["--quiet", "--require-hashes", "-r", str(ROOT / "requirements" / "uv.txt")]
    if find_spec("ensurepip"):
        demand([sys.executable, "-m", "venv", str(folder)], what)
        demand([str(interpreter(folder)), "-m", "pip", "install", *lock], what)
    elif find_spec("pip"):  # Debian without python3-venv
        demand([sys.executable, "-m", "pip", "install", "--target", str(folder), *lock], what)
    else:
        raise Problem(
            "there is neither uv nor pip here to install Digi with: install one of python3-venv, python3-pip, uv."
        )


def demand(command: list[str], otherwise: str) -> None:
    """Run a step of the building; raises Problem with `otherwise` when it fails. It prints nothing on stdout."""
    pip = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    quiet = {**os.environ, **pip, "UV_PYTHON_DOWNLOADS": "never"}
    try:
        status = subprocess.run(command, check=False, stdout=sys.stderr, env=quiet).returncode
    except OSError as error:
        raise Problem(f"{otherwise}: {command[0]}: {error.strerror}.") from None
    if status:
        raise Problem(f"{otherwise}; the reason stands above.")


def clear(folder: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"{error.filename} cannot be written ({error.strerror}).") from None


def interpreter(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages(folder: Path) -> Path:
    return next(iter([*folder.glob("lib/python*/site-packages"), folder / "Lib" / "site-packages"]))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Two commands started together build an environment once. Without fcntl (Windows) nobody waits."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    lock = folder.with_name(f"{folder.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = lock.open("w")
    except OSError as error:
        raise Problem(f"{lock} cannot be written ({error.strerror}).") from None
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
