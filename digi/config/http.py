"""Django's HTTP side on ASGI, in the process's own pool of threads; knows no view.

Django's own handler starts a thread, and with it a database connection, for every request. Ours keeps both.
"""

import asyncio
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core import signals
from django.core.handlers.asgi import ASGIHandler, ASGIRequest, RequestAborted, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from digi.kit import threads

MAX_BODY = 2 * 1024 * 1024


class PooledHandler(ASGIHandler):
    """Serves each request in one thread of the pool, from the first middleware to the closing of the response."""

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
        response = await threads.run(self._respond, scope, body)
        try:
            await self.send_response(response, send)
        except (asyncio.CancelledError, OSError):
            pass  # the client has gone
        finally:
            await threads.run(_close, response, body)

    async def _body(self, receive: Any) -> "SpooledTemporaryFile[bytes] | None":
        """The request's body, or None if it is larger than MAX_BODY."""
        body = SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                body.close()
                raise RequestAborted
            body.write(message.get("body", b""))
            if body.tell() > MAX_BODY:
                body.close()
                return None
            more = message.get("more_body", False)
        body.seek(0)
        return body

    def _respond(self, scope: Any, body: "SpooledTemporaryFile[bytes]") -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        if not isinstance(request, ASGIRequest):
            return refusal
        response = self.get_response(request)
        response._handler_class = self.__class__
        return response


def _close(response: HttpResponseBase, body: "SpooledTemporaryFile[bytes]") -> None:
    response.close()  # tells request_finished
    body.close()


async def _refuse_size(send: Any) -> None:
    said = b'{"code":"invalid","detail":"The request is too large."}'
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": said})
