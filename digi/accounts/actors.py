"""Who asks: an actor is a person as one connection or request knew them; checked anew in each transaction."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from digi.errors import Unauthenticated

if TYPE_CHECKING:
    from digi.accounts.models import User


class Known(Protocol):
    """A person as the database has them, or what was read of them."""

    @property
    def is_active(self) -> bool: ...
    @property
    def auth_epoch(self) -> int: ...


Someone = TypeVar("Someone", bound=Known)


@dataclass(frozen=True, slots=True)
class Actor:
    person_id: int
    username: str
    auth_epoch: int

    def check(self, user: Someone | None) -> Someone:
        """`user` as read in this transaction, if still the one who signed in; raises Unauthenticated."""
        if user is None or not user.is_active or user.auth_epoch != self.auth_epoch:
            raise Unauthenticated("You are signed out. Sign in again.")
        return user


def of(user: "User") -> Actor:
    return Actor(user.pk, user.username, user.auth_epoch)
