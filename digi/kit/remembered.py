"""A bounded memory of what was made lately, for several threads; knows nothing of what it holds."""

from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Holds `most` things at most, and always the newest half of that; what is asked for counts as new again.

    Two generations instead of an order: nothing is moved or locked when something is found, and a race between
    threads costs a thing remembered, never a wrong one.
    """

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._young: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: Key, value: Value) -> None:
        if len(self._young) >= self._half:
            self._young, self._old = {}, self._young
        self._young[key] = value

    def forget(self) -> None:
        self._young, self._old = {}, {}
