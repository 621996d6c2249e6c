"""The reference as Daphne runs it."""

from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

pages = get_asgi_application()  # first: it sets Django up, which the consumer's table needs

from bench.reference.consumers import ChatConsumer  # noqa: E402

chat: Any = ChatConsumer.as_asgi()
sockets: Any = URLRouter([path("ws/chat/<str:room>/", chat)])
application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
