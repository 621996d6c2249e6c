"""Messages and their earlier texts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from digi.chat.models.rooms import Room
from digi.kit.rows import OwnId, Row


class Message(Row):
    """A message or its tombstone. `id` = room · 2³² + pos, ours and known before the insert; clusters by room.

    `rev` is the room's rev of its last change, `added_rev` that of its adding. `key` makes adding idempotent;
    `digest` tells a retry from another message under the same key where the row does not, as it was edited or
    forwarded, and is blanked with the text. `mentions` and `reactions` are as on the wire, by username, which never
    changes: a page of messages is one read (ADR 0007).
    """

    class Kind(models.TextChoices):
        TEXT = "text"
        SYSTEM = "system"

    id = OwnId(primary_key=True)
    room = models.ForeignKey(Room, models.CASCADE, related_name="messages", db_index=False)
    pos = models.BigIntegerField()
    rev = models.BigIntegerField()
    added_rev = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.TEXT)
    body = models.TextField(blank=True)
    event = models.JSONField(null=True)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, blank=True)
    reply_to = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    is_deleted = models.BooleanField(default=False)
    mentions = models.JSONField(default=list)
    reactions = models.JSONField(default=list)
    pinned_at = models.DateTimeField(null=True)
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    forwarded_from = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["room", "pinned_at"], condition=Q(pinned_at__isnull=False), name="pinned_in_room")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["author", "key"], name="one_message_an_author_and_key"),
            models.UniqueConstraint(fields=["room", "rev"], name="one_message_a_room_and_rev"),
            models.CheckConstraint(condition=Q(id=F("room") * 2**32 + F("pos")), name="message_id_is_room_and_pos"),
            models.CheckConstraint(condition=Q(is_deleted=False) | Q(body="", digest=""), name="deleted_has_no_text"),
        ]


class Revision(Row):
    """A text that a message had before an edit. Gone when the message is deleted."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    body = models.TextField()
    written_at = models.DateTimeField()


class Mention(Row):
    """A message that addresses a person, or, without one, everybody in its room. Gone when the message is deleted."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False)
    pos = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "room", "pos"]), models.Index(fields=["room", "pos"])]


class Draft(Row):
    """What a person has begun to write in a room. The row stays when it is empty, so that their log can tell it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    body = models.TextField(blank=True)
    reply_to = models.BigIntegerField(null=True)
    saved_at = models.DateTimeField()
    rev = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "room"], name="one_draft_a_person_and_room")]
        indexes: ClassVar = [models.Index(fields=["person", "rev"])]
