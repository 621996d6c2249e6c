"""The conversation's WebSocket paths."""

from django.urls import re_path

from digi.gateway.chat.consumers import ChatConsumer, SessionConsumer

websocket_urlpatterns = [
    re_path(r"^ws/$", SessionConsumer.as_asgi()),
    re_path(r"^ws/chat/(?P<connection_id>[^/]+)/$", ChatConsumer.as_asgi()),
]
