"""All WebSocket paths, gathered from each app's own routing."""

from digi.gateway.chat.routing import websocket_urlpatterns as chat

websocket_urlpatterns = [*chat]
