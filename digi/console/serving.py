"""`digi serve`: prepares what is missing, then runs the ASGI server until it is told to stop. Knows no request."""

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from typing import Any

from digi.kit.environment import WrongSetting
from digi.protocol.frames import MAX_FRAME

APPLICATION = "digi.config.asgi:application"
STOPPING_SECONDS = 5
MOST_OWED = 128 * 1024  # bytes to a slow reader, beyond which sending to it waits
UNACKNOWLEDGED_MS = 20_000  # a peer that takes nothing for this long is gone


def serve(options: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit status."""
    import django

    django.setup()
    from django.conf import settings

    _refuse_bad_mixes(options, settings.REDIS_URL)
    from digi.console import preparing

    preparing.prepare_database()
    preparing.collect_static_files()
    listener = _listen(options.host, options.port)
    _announce(listener, settings)
    return _daphne(listener) if options.server == "daphne" else _uvicorn(listener, options.workers)


def _refuse_bad_mixes(options: argparse.Namespace, redis_url: str) -> None:
    if options.workers > 1 and options.server == "daphne":
        raise WrongSetting("Daphne is one process: use --workers 1, or --server uvicorn.")
    if options.workers > 1 and not redis_url:
        raise WrongSetting(
            f"{options.workers} workers need REDIS_URL: the in-memory channel layer does not reach from one process "
            "to another, and what one worker's people say would come late to the other's."
        )


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise WrongSetting(f"Cannot listen on {host} port {port}: {error.strerror or error}.") from None
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # accepted sockets inherit it; without it a stalled peer holds on for ever
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS)
    listener.listen(2048)
    listener.set_inheritable(True)
    return listener


def _announce(listener: socket.socket, settings: Any) -> None:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    shown = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(shown, shown)  # noqa: S104 - not bound, shown
    print(f"Digi is at {settings.DIGI_URL or f'http://{shown}:{port}'}", flush=True)
    if settings.DEBUG:
        print("DIGI_DEBUG is on: errors show their insides. Not for others to use.", file=sys.stderr, flush=True)


def _uvicorn(listener: socket.socket, workers: int) -> int:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        APPLICATION,
        workers=workers,
        ws="digi.gateway.direct:DirectProtocol",  # on websockets-sansio
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOPPING_SECONDS,
    )
    for number in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises them once more when it has stopped
        signal.signal(number, lambda *_: None)
    server = uvicorn.Server(config)
    if workers > 1:
        Multiprocess(config, sockets=[listener]).run()
        return 0
    server.run(sockets=[listener])
    return 0 if server.started else 1


def _daphne(listener: socket.socket) -> int:
    from channels.routing import get_default_application

    logging.getLogger("daphne").setLevel(logging.WARNING)
    server: Any = _patient_server()(
        application=get_default_application(),
        endpoints=[f"fd:fileno={listener.fileno()}"],
        signal_handlers=True,
        websocket_max_message_size=MAX_FRAME,
        websocket_max_frame_size=MAX_FRAME,
        # Autobahn would drop the connection without the code that says why.
        ready_callable=lambda: server.ws_factory.setProtocolOptions(failByDrop=False),
    )
    server.run()
    _end_tasks(asyncio.get_event_loop_policy().get_event_loop())
    return 0


def _end_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Let what still waits tidy up; left to the end of the interpreter, CPython 3.11 crashes over it."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=STOPPING_SECONDS))


def _patient_server() -> Any:
    """Daphne's server, made to wait for slow readers as others do: it would keep all they owe in memory."""
    from daphne.server import Server

    class PatientServer(Server):  # type: ignore[misc]
        async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
            await super().handle_reply(protocol, message)
            while message["type"] == "websocket.send" and _owed(protocol.transport) > MOST_OWED:
                if "disconnected" in self.connections.get(protocol, {"disconnected": 0}):
                    raise ConnectionResetError("the reader has gone")
                await asyncio.sleep(0.05)

    return PatientServer


def _owed(transport: Any) -> int:
    """How many bytes a Twisted transport could not yet hand to the system."""
    return len(transport.dataBuffer) - transport.offset + transport._tempDataLen if transport else 0
