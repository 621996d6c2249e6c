"""The scripts and styles that a page loads: how large, when, and at whose word. Knows the tools, and no page."""

from typing import Any, NamedTuple

from playwright.sync_api import CDPSession

KINDS = {"Script", "Stylesheet"}


class Load(NamedTuple):
    url: str
    size: float  # bytes of content, as compressed
    at: float
    is_named: bool  # by the HTML, and not by a script

    @property
    def name(self) -> str:
        return self.url.rpartition("/")[2].partition(".")[0]


class Wire:
    """What a page loads, and when it became live. What its service worker fetches is not here."""

    def __init__(self, cdp: CDPSession) -> None:
        self._asked: dict[str, Any] = {}
        self._sizes: dict[str, float] = {}
        self._live = float("inf")
        cdp.on("Network.requestWillBeSent", lambda event: self._asked.update({event["requestId"]: event}))
        cdp.on("Network.dataReceived", self._received)
        cdp.on("Network.webSocketFrameReceived", self._heard)
        cdp.send("Network.enable")
        cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _received(self, event: Any) -> None:
        self._sizes[event["requestId"]] = self._sizes.get(event["requestId"], 0) + event["encodedDataLength"]

    def _heard(self, event: Any) -> None:
        self._live = min(self._live, event["timestamp"])  # the first word is the welcome

    def loads(self) -> tuple[list[Load], list[Load], list[Load]]:
        """Those that the HTML names, those that scripts asked for before the page was live, and those after."""
        found = [self._load(request) for request, event in self._asked.items() if event["type"] in KINDS]
        before = [load for load in found if not load.is_named and load.at <= self._live]
        after = [load for load in found if not load.is_named and load.at > self._live]
        return [load for load in found if load.is_named], before, after

    def _load(self, request: str) -> Load:
        event = self._asked[request]
        is_named = event["initiator"]["type"] == "parser"
        return Load(event["request"]["url"], self._sizes.get(request, 0), event["timestamp"], is_named)
