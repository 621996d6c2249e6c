"""The reference's history: the last fifty messages of a room, for anybody who asks."""

from django.http import HttpRequest, JsonResponse

from bench.reference.models import Message


def history(request: HttpRequest, room: str) -> JsonResponse:
    newest = Message.objects.filter(room=room).order_by("-id")[:50]
    messages = [
        {"id": row.pk, "room": row.room, "user": row.user, "message": row.text, "sent_at": row.sent_at.isoformat()}
        for row in newest
    ]
    return JsonResponse({"messages": messages[::-1]})
