"""Where committed changes are handed over: to this process's hub and, through it, to the other processes.

Callable from any thread. A process without a hub tells nobody: the others find it by anti-entropy.
"""

from collections.abc import Callable, Sequence

from digi.live.changes import Published

Listener = Callable[[Sequence[Published]], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have `listener` called, in the committing thread, with what was published; it must not block or raise."""
    _listeners.append(listener)


def unlisten(listener: Listener) -> None:
    """Stop calling `listener`; nothing happens if it is not called anyway."""
    if listener in _listeners:
        _listeners.remove(listener)


def publish(published: Sequence[Published]) -> None:
    if published:
        for listener in tuple(_listeners):
            listener(published)
