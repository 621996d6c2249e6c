"""A bounded memory: what is asked for stays, what is not goes, and there is never too much of it."""

from digi.kit.remembered import Remembered


def filled(count: int, *, most: int = 10) -> Remembered[int, str]:
    memory: Remembered[int, str] = Remembered(most)
    for number in range(count):
        memory.put(number, f"thing {number}")
    return memory


def test_what_was_put_in_lately_is_found() -> None:
    memory = filled(7)
    assert [memory.get(number) for number in range(2, 7)] == [f"thing {number}" for number in range(2, 7)]


def test_it_never_holds_more_than_it_may() -> None:
    memory = filled(1000)
    held = [number for number in range(1000) if memory.get(number)]
    assert 5 <= len(held) <= 10
    assert held[-1] == 999


def test_what_is_asked_for_outlives_what_is_not() -> None:
    memory = filled(1)
    for number in range(1, 100):
        memory.put(number, "another")
        assert memory.get(0) == "thing 0"
    assert memory.get(50) is None


def test_it_can_be_emptied() -> None:
    memory = filled(7)
    memory.forget()
    assert memory.get(6) is None
