"""The conversation's WebSocket paths."""

from typing import Any, cast

from django.urls import re_path

from digi.gateway.chat.consumers import ChatConsumer, SessionConsumer

# Channels routes with Django's patterns, whose types expect views.
websocket_urlpatterns: list[Any] = [
    re_path(r"^ws/$", cast("Any", SessionConsumer.as_asgi())),
    re_path(r"^ws/chat/(?P<connection_id>[^/]+)/$", cast("Any", ChatConsumer.as_asgi())),
]
