"""What can go wrong, in words a user may read; knows nothing of doors, wires or databases."""

from collections.abc import Callable
from typing import ClassVar

_translate: Callable[[str], str] = str


def speak(translate: Callable[[str], str]) -> None:
    """Have every `detail` said as `translate` says it; English until then."""
    global _translate  # noqa: PLW0603 - set once, when the program starts
    _translate = translate


def sentence(words: str) -> str:
    """Marks a literal as something people read, where nothing else tells: the catalogs have a place for it then."""
    return words


class DigiError(Exception):
    """A refusal with a stable `code`, one sentence (`detail`) and, where one is to blame, the `field`.

    `status` is the HTTP status of the same refusal (RFC 9110, 6585). The sentence is a plain literal, so that it has
    a place in the catalogs; `values` stand in its `{braces}`.
    """

    code: ClassVar[str] = "invalid"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "That did not work."

    def __init__(
        self, detail: str = "", *, field: str | None = None, retry_after: float | None = None, **values: object
    ) -> None:
        self.words = detail or self.sentence
        self.values = values
        self.field = field
        self.retry_after = retry_after
        super().__init__(self.words)

    @property
    def detail(self) -> str:
        """The sentence in the language of whoever is being answered."""
        said = _translate(self.words)
        return said.format(**self.values) if self.values else said

    def __str__(self) -> str:
        return self.detail


class Unauthenticated(DigiError):
    code = "unauthenticated"
    status = 401
    sentence = "Sign in first."


class Forbidden(DigiError):
    """The actor may see the thing, but not do this to it."""

    code = "forbidden"
    status = 403
    sentence = "You may not do that."


class NotFound(DigiError):
    """Missing, or not the actor's to see: the two are answered alike."""

    code = "not_found"
    status = 404
    sentence = "There is no such thing, or it is not yours to see."


class Conflict(DigiError):
    code = "conflict"
    status = 409
    sentence = "That clashes with what is already there."


class Invalid(DigiError):
    code = "invalid"
    status = 422
    sentence = "That is not valid."


class TooFast(DigiError):
    code = "too_fast"
    status = 429
    sentence = "Too many at once. Wait a moment and try again."


class Unavailable(DigiError):
    """The write was not made, and the same request may succeed later."""

    code = "unavailable"
    status = 503
    sentence = "The server cannot do that just now. Nothing was lost; try again."
