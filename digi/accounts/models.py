"""Tables of people and of how they stand to each other. Rows only: who may do what is decided elsewhere."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digi.kit import names
from digi.kit.rows import Row


def normal(username: str) -> str:
    """A username as it is stored and compared."""
    return names.folded(username.strip())


def check_username(username: str) -> None:
    """Raise ValidationError unless `username` may be given to somebody new; does not look whether it is taken."""
    name = normal(username)
    if not 2 <= len(name) <= 32:
        raise ValidationError(_("A username has 2 to 32 characters."), code="length")
    if not all(char.isalnum() or char in "_.-" for char in name) or not name[0].isalnum():
        raise ValidationError(_("A username is made of letters, digits, dots, dashes and underscores."), code="letters")
    if len(names.skeleton(name)) > MAX_SKELETON:
        raise ValidationError(_("This username is too long when written out."), code="length")
    if name in RESERVED:
        raise ValidationError(_("This username is kept for the server itself."), code="reserved")


MAX_SKELETON = 200
RESERVED = frozenset({"me", "everyone", "here", "all", "digi", "system", "admin", "administrator", "moderator"})


class Users(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A new person, not yet saved under any other rule than the database's own."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=normal(username or ""))


class User(Row, AbstractBaseUser):
    """A person, human or bot. `head` is the newest rev of their log, `rev` that of their own last change in it.

    `auth_epoch` counts what may have ended a session: sign-outs, new passwords, deactivation. `settings` holds what
    differs from the defaults of `objects.Settings`; `seen_at` is when their last socket closed.
    """

    username = models.CharField(max_length=32, unique=True, validators=[check_username])
    skeleton = models.CharField(max_length=MAX_SKELETON, unique=True, editable=False)
    display_name = models.CharField(max_length=60)
    initials = models.CharField(max_length=3, blank=True)
    hue = models.PositiveSmallIntegerField()
    is_bot = models.BooleanField(default=False)
    is_owner = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    auth_epoch = models.PositiveIntegerField(default=0)
    head = models.BigIntegerField(default=0)
    rev = models.BigIntegerField(default=0)
    joined_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    settings = models.JSONField(default=dict)

    USERNAME_FIELD = "username"
    objects: ClassVar[Users] = Users()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_owner"], condition=Q(is_owner=True), name="one_owner"),
            models.CheckConstraint(condition=Q(rev__lte=F("head")), name="user_rev_within_head"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self._complete()
        super().save(*args, **kwargs)

    def _complete(self) -> None:
        """Derive what is derived, once."""
        from django.utils import timezone

        self.display_name = self.display_name or self.username.strip()
        self.username = normal(self.username)
        self.skeleton = names.skeleton(self.username)
        self.hue = sum(self.username.encode()) * 47 % 360
        self.joined_at = timezone.now()


class Friendship(Row):
    """How two people stand, the lower id first. A row that has ended stays, so that both logs can tell it."""

    class State(models.TextChoices):
        NONE = "none"
        REQUESTED = "requested"
        FRIENDS = "friends"

    low = models.ForeignKey(User, models.CASCADE, related_name="+")
    high = models.ForeignKey(User, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    requested_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    low_rev = models.BigIntegerField()
    high_rev = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["low", "high"], name="one_friendship_a_pair"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="friendship_low_first"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["low", "low_rev"]),
            models.Index(fields=["high", "high_rev"]),
        ]


class Block(Row):
    blocker = models.ForeignKey(User, models.CASCADE, related_name="+")
    blocked = models.ForeignKey(User, models.CASCADE, related_name="+")
    is_active = models.BooleanField(default=True)
    rev = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_a_pair"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="no_block_of_oneself"),
        ]
        indexes: ClassVar = [models.Index(fields=["blocker", "rev"])]


class Token(Row):
    """A program's key to a person. Only its digest is kept."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()


class Link(Row):
    """A single-use link that was handed to somebody: to sign up, or to set a new password for `person`."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation"
        RESET = "reset"

    purpose = models.CharField(max_length=10, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    made_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Installation(Row):
    """One row: what this database is. A new `epoch` tells clients that an older state came back."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="one_installation")]
