"""Under which heading of the list a room stands, as `sections` in sidebar/sections.js has it. Reads no row."""

from datetime import datetime

from digi.protocol.objects import Entry

HEADINGS = ("starred", "unread", "rooms", "people")


def heading(entry: Entry, now: datetime) -> str:
    """One of HEADINGS; what is muted counts as unread only where it addresses the reader."""
    if entry.starred:
        return "starred"
    if entry.mentions if is_muted(entry, now) else entry.unread:
        return "unread"
    return "people" if entry.kind == "direct" else "rooms"


def is_muted(entry: Entry, now: datetime) -> bool:
    """Whether the room is to leave its reader in peace."""
    return entry.muted_until is not None and entry.muted_until > now
