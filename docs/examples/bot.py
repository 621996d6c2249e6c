"""A bot that answers "!time" in one room. It needs Python 3.11 and websockets 15 or newer (pip install websockets).

    DIGI_TOKEN=… python bot.py ws://127.0.0.1:8000/ws/chat/CONNECTION-ID/

Make the bot with `bin/digi user add clock --bot`, its token with `bin/digi token clock`, and bring it into the room.
The connection id stands in the room's details. Whatever happens to the line, the bot answers each question once: it
comes back with `?after=`, the last change it has seen, and repeats an answer under the same key.
"""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

SIGNED_OUT, NOT_A_MEMBER = 4001, 4003


class Bot:
    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.headers = {"Authorization": f"Bearer {token}"}
        self.seen: int | None = None  # rev of the last change seen; None: only what comes from now on
        self.unheard: dict[str, str] = {}  # answers by key, until the room has shown them

    async def run(self) -> None:
        """Stay in the room; connect raises what waiting does not mend, and pauses longer after each failure."""
        while True:
            after = "" if self.seen is None else f"?after={self.seen}"
            async for socket in connect(self.url + after, additional_headers=self.headers):
                try:
                    print("I am in the room.", flush=True)
                    for key in self.unheard:
                        await self.send(socket, key)
                    async for frame in socket:
                        await self.hear(socket, json.loads(frame))
                except ConnectionClosed as closed:
                    if closed.rcvd and closed.rcvd.code in (SIGNED_OUT, NOT_A_MEMBER):
                        raise
                break  # and come back with the newest `after`

    async def hear(self, socket: ClientConnection, frame: dict) -> None:
        self.unheard.pop(frame.get("key"), None)  # our own answer, or the reason why there is none
        if frame["type"] == "error":
            print("refused:", frame["detail"], file=sys.stderr)
            return
        self.seen = frame["rev"]
        if frame["type"] == "chat.message" and frame["message"] == "!time":
            key = f"time-{frame['rev']:08}"  # the same question gives the same key, and so one answer
            self.unheard[key] = f"{frame['user']}, it is {datetime.now(UTC):%H:%M} UTC."
            await self.send(socket, key)

    async def send(self, socket: ClientConnection, key: str) -> None:
        await socket.send(json.dumps({"type": "add", "message": self.unheard[key], "key": key}))


if __name__ == "__main__":
    try:
        asyncio.run(Bot(sys.argv[1], os.environ["DIGI_TOKEN"]).run())
    except (ConnectionClosed, InvalidStatus) as refused:
        sys.exit(f"The server does not let this bot in: {refused}")
    except KeyboardInterrupt:
        pass
