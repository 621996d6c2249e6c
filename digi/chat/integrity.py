"""Whether the logs keep their promises: positions without gaps, no rev above its head, nothing left of the deleted."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Q

from digi.chat.models import Draft, Member, Mention, Message, Revision, Room


def faults() -> Iterator[str]:
    """One sentence for each fault; nothing if all is well."""
    yield from _wrong_numbers()
    yield from _left_of_deleted()


def _wrong_numbers() -> Iterator[str]:
    counted = Room.objects.annotate(n=Count("messages"), top=Max("messages__pos"), rev_top=Max("messages__rev"))
    for room in counted.exclude(last_pos=F("n"), top=F("n")).exclude(n=0, last_pos=0):
        yield f"room {room.pk}: {room.n} messages up to pos {room.top}, but last_pos is {room.last_pos}"
    for room in counted.filter(rev_top__gt=F("head")):
        yield f"room {room.pk}: a message has rev {room.rev_top}, above the head {room.head}"
    for member in Member.objects.filter(Q(rev__gt=F("room__head")) | Q(entry_rev__gt=F("person__head"))):
        yield f"room {member.room_id}: the membership of person {member.person_id} is above its log's head"
    for draft in Draft.objects.filter(rev__gt=F("person__head")):
        yield f"room {draft.room_id}: the draft of person {draft.person_id} is above its log's head"


def _left_of_deleted() -> Iterator[str]:
    gone = Message.objects.filter(is_deleted=True)
    left = {
        "an earlier text": Revision.objects.filter(message__is_deleted=True).values_list("message", flat=True),
        "its text": gone.exclude(body="").values_list("pk", flat=True),
        "its pin": gone.filter(pinned_at__isnull=False).values_list("pk", flat=True),
        "who wrote it first": gone.exclude(forwarded_from="").values_list("pk", flat=True),
        "whom it addressed": Mention.objects.filter(message__is_deleted=True).values_list("message", flat=True),
    }
    for what, message_ids in left.items():
        for message_id in message_ids.distinct():
            yield f"message {message_id}: deleted, but {what} is left"
