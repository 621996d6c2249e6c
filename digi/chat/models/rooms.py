"""Rooms and who is in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from digi.kit.rows import Row


class Room(Row):
    """A log with a counter: `head` is its newest rev, `last_pos` its newest message, `rev` the room's own last change.

    A public room is found by `slug`, a direct one by `pair` (two person ids, `3:17`).
    """

    class Kind(models.TextChoices):
        DIRECT = "direct"
        GROUP = "group"
        PUBLIC = "public"

    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=80, blank=True)
    slug = models.CharField(max_length=200, null=True)  # noqa: DJ001 - null where a room is not found by name
    pair = models.CharField(max_length=41, null=True)  # noqa: DJ001
    topic = models.CharField(max_length=250, blank=True)
    is_archived = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    head = models.BigIntegerField(default=0)
    last_pos = models.BigIntegerField(default=0)
    rev = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            # mssql makes a plain UNIQUE of a nullable column, in which NULLs collide: hence the conditions.
            models.UniqueConstraint(fields=["slug"], condition=Q(slug__isnull=False), name="one_public_room_a_name"),
            models.UniqueConstraint(fields=["pair"], condition=Q(pair__isnull=False), name="one_direct_room_a_pair"),
            models.CheckConstraint(condition=Q(rev__lte=F("head")), name="room_rev_within_head"),
            models.CheckConstraint(condition=Q(last_pos__lte=F("head")), name="room_pos_within_head"),
            models.CheckConstraint(
                condition=Q(kind="direct", pair__isnull=False) | (~Q(kind="direct") & Q(pair__isnull=True)),
                name="room_pair_iff_direct",
            ),
            models.CheckConstraint(
                condition=Q(kind="public", slug__isnull=False) | (~Q(kind="public") & Q(slug__isnull=True)),
                name="room_slug_iff_public",
            ),
        ]


class Member(Row):
    """A person in a room: `rev` in the room's log, `entry_rev` in the person's. The row stays when they leave."""

    class Role(models.TextChoices):
        OWNER = "owner"
        MODERATOR = "moderator"
        MEMBER = "member"

    room = models.ForeignKey(Room, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=9, choices=Role, default=Role.MEMBER)
    has_left = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    read_pos = models.BigIntegerField(default=0)
    muted_until = models.DateTimeField(null=True)
    is_starred = models.BooleanField(default=False)
    added_rev = models.BigIntegerField()
    rev = models.BigIntegerField()
    entry_rev = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "person"], name="one_member_a_room_and_person")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "entry_rev"]),
            models.Index(fields=["room", "rev"]),
        ]
