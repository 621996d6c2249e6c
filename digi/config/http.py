"""Django's HTTP side on ASGI, in the process's own pool of threads; knows no view.

Django's own handler starts a thread, and with it a database connection, for every request. Ours keeps both.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any, cast

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

from digi.kit import threads

MAX_BODY = 2 * 1024 * 1024


class PooledHandler(ASGIHandler):
    """Serves each request in a thread of the pool, from the first middleware to the last."""

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self._body(receive)
        except RequestAborted:
            return
        if body is None:
            await _refuse_size(send)
            return
        try:
            # The root path is a client's word where Daphne serves ("Daphne-Root-Path"), and Digi is never below one.
            response = await threads.run(self._respond, {**scope, "root_path": ""}, body)
            try:
                await self._send(response, receive, send)
            finally:
                await threads.run(response.close)  # tells request_finished
        finally:
            body.close()

    async def _body(self, receive: Any) -> "SpooledTemporaryFile[bytes] | None":
        """The request's body, or None if it is larger than MAX_BODY."""
        body = SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 - outlives this call
        try:
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RequestAborted
                body.write(message.get("body", b""))
                if body.tell() > MAX_BODY:
                    body.close()
                    return None
                more = message.get("more_body", False)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return body

    def _respond(self, scope: Any, body: "SpooledTemporaryFile[bytes]") -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response: Any = self.get_response(request) if isinstance(request, ASGIRequest) else refusal
        response._handler_class = self.__class__  # tells request_finished who is done
        return cast(HttpResponseBase, response)

    async def _send(self, response: HttpResponseBase, receive: Any, send: Any) -> None:
        """Send the response, as far as there is still somebody to take it."""
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _in_the_pool(cast("Iterable[bytes]", response.streaming_content))
        sending = asyncio.ensure_future(self.send_response(response, send))
        leaving = asyncio.ensure_future(_departure(receive))  # servers take what is sent to nobody without a word
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        except OSError:
            pass  # the client has gone
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)


async def _departure(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _in_the_pool(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    """`parts`, each made in a thread of the pool. Who stops in between waits for the part that is being made."""
    iterator = iter(parts)
    while True:
        making = asyncio.ensure_future(threads.run(next, iterator, None))
        try:
            part = await asyncio.shield(making)
        finally:
            await asyncio.wait({making})
        if part is None:
            return
        yield part


async def _refuse_size(send: Any) -> None:
    said = b'{"code":"invalid","detail":"The request is too large."}'
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": said})
