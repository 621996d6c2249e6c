"""Opaque ids for the wire: deterministic encryption of a kind and a number; knows no kind by name.

AES-SIV (RFC 5297) with the kind as associated data: 16 bytes of tag and 8 of number make 32 url-safe
characters. Deterministic on purpose, so that one thing has one id on every page. Sealing is not authorisation.
"""

import base64
import binascii
import re
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

KEY_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_cipher: AESSIV | None = None


def use_key(key: bytes) -> None:
    """Set the process's key (`KEY_BYTES` long). Ids sealed under another key no longer open."""
    global _cipher  # noqa: PLW0603 - one key per process, set once at start
    _cipher = AESSIV(key)
    seal.cache_clear()
    _opened.cache_clear()


def new_key() -> bytes:
    return AESSIV.generate_key(KEY_BYTES * 8)


@lru_cache(maxsize=4096)
def seal(kind: str, number: int) -> str:
    """The token of `number` (0 … 2⁶³-1) among things of `kind`: 32 characters of `[A-Za-z0-9_-]`."""
    sealed = _required().encrypt(number.to_bytes(8, "big"), [kind.encode()])
    return base64.urlsafe_b64encode(sealed).decode()


def unseal(kind: str, token: str) -> int | None:
    """The number behind `token`, or None for what this key never sealed as `kind`."""
    return _opened(kind, token) if _TOKEN.fullmatch(token) else None


@lru_cache(maxsize=4096)
def _opened(kind: str, token: str) -> int | None:
    try:
        return int.from_bytes(_required().decrypt(base64.urlsafe_b64decode(token), [kind.encode()]), "big")
    except (InvalidTag, binascii.Error):
        return None


def _required() -> AESSIV:
    if _cipher is None:
        raise RuntimeError("sealed ids have no key yet: call use_key() first")
    return _cipher
