"""The reference's socket: a row is created for each message, then the room's group is told."""

import json
from typing import Any

from asgiref.sync import async_to_sync
from channels.generic.websocket import WebsocketConsumer

from bench.reference.models import Message


class ChatConsumer(WebsocketConsumer):
    def connect(self) -> None:
        self.room = self.scope["url_route"]["kwargs"]["room"]
        self.group = f"chat_{self.room}"
        async_to_sync(self.channel_layer.group_add)(self.group, self.channel_name)
        self.accept()

    def disconnect(self, code: int) -> None:
        async_to_sync(self.channel_layer.group_discard)(self.group, self.channel_name)

    def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        said = json.loads(text_data or "{}")
        message = Message.objects.create(room=self.room, user=said["user"], text=said["message"])
        event = {"type": "chat.message", "message": message.text, "user": message.user, "message_id": message.pk}
        async_to_sync(self.channel_layer.group_send)(self.group, event)

    def chat_message(self, event: dict[str, Any]) -> None:
        self.send(text_data=json.dumps(event))
