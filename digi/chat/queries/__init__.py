"""Reads of rooms and messages, each scoped to who asks. Writes nothing."""

from digi.chat.queries.messages import (
    DEFAULT_PAGE,
    MOST_A_PAGE,
    MessagesPage,
    Revised,
    mentions,
    messages,
    messages_at,
    pins,
    revisions,
)
from digi.chat.queries.people import share_a_room, visible_presence
from digi.chat.queries.rooms import (
    Opened,
    changes,
    drafts,
    entry,
    heads,
    inbox,
    inbox_and_people,
    members,
    opened,
    reads,
    room_id_of,
    tells_reads,
)

__all__ = [
    "DEFAULT_PAGE",
    "MOST_A_PAGE",
    "MessagesPage",
    "Opened",
    "Revised",
    "changes",
    "drafts",
    "entry",
    "heads",
    "inbox",
    "inbox_and_people",
    "members",
    "mentions",
    "messages",
    "messages_at",
    "opened",
    "pins",
    "reads",
    "revisions",
    "room_id_of",
    "share_a_room",
    "tells_reads",
    "visible_presence",
]
