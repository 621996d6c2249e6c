"""Keys that are made once and kept in the data folder; knows nothing of what they are for."""

import os
import secrets
from pathlib import Path

from digi.kit.environment import WrongSetting


def kept(path: Path, length: int) -> bytes:
    """The key in `path`, as hexadecimal there; made, readable by its owner alone, if there is none yet."""
    try:
        return _kept(path, length)
    except (OSError, ValueError) as error:
        raise WrongSetting(f"DIGI_DATA: the key {path} cannot be read or made: {error}.") from None


def _kept(path: Path, length: int) -> bytes:
    try:
        return bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(length))
    try:
        os.link(fresh, path)  # of two processes that start together one key wins, and never half of one
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        os.replace(fresh, path)
    fresh.unlink(missing_ok=True)
    return bytes.fromhex(path.read_text("ascii").strip())
