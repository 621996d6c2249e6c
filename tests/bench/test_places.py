"""What the load counts is verified: the next rev at every socket, of the right room, and nothing missing."""

import json
from datetime import UTC, datetime

import pytest

from bench.generator.places import Place, Sender
from bench.generator.speech import BODY_SIZE, SPEECHES, TALK, Digi, Raw, Reference, Simple, SocketIO
from digi.protocol.objects import Message

ROOM = "AbCdEfGhIjKlMnOpQrStUvWxYz012345"
SIGN = "w1-digi-000"


def change(rev, number=1, room=ROOM):
    message = {"id": "x" * 32, "room": room, "rev": rev, "body": f"{number:08d} {TALK}", "key": f"{SIGN}-{number:08d}"}
    frame = {"type": "change", "log": room, "rev": rev, "message": message}
    return json.dumps(frame, separators=(",", ":")).encode()


def reply(ref, *, ok=True):
    frame = {"type": "reply", "ref": str(ref), "ok": ok, "result": {}}
    return json.dumps(frame, separators=(",", ":")).encode()


def place(head=3):
    return Place(Digi(ROOM, SIGN), head)


def test_revs_that_follow_each_other_are_counted():
    here = place()
    for rev in (4, 5, 6):
        here.take(change(rev))
    assert (here.heard, here.problems) == (3, [])


@pytest.mark.parametrize(
    ("revs", "said"),
    [((5,), "rev 5 came where 4 was next"), ((4, 4), "rev 4 came where 5 was next"), ((4, 6, 5), "rev 6 came where 5")],
    ids=["a hole", "twice", "out of order"],
)
def test_any_other_rev_is_a_problem(revs, said):
    here = place()
    for rev in revs:
        here.take(change(rev))
    assert said in here.problems[0]


def test_what_is_missing_is_never_counted_as_heard():
    here = place()
    here.take(change(4))
    here.take(change(7))
    assert (here.heard, here.lost) == (2, 2)


def test_a_message_of_another_room_is_a_problem():
    here = place()
    here.take(change(4, room="z" * 32))
    assert here.heard == 0
    assert "differently" in here.problems[0]


def test_a_change_that_is_written_in_another_way_is_a_problem_and_not_overheard():
    here = place()
    here.take(json.dumps(json.loads(change(4)), indent=1).encode())
    assert "differently" in here.problems[0]


@pytest.mark.parametrize("frame", [{"type": "welcome"}, {"type": "signal"}, {"type": "change", "log": "me", "rev": 1}])
def test_other_frames_are_passed_over(frame):
    here = place()
    here.take(json.dumps(frame, separators=(",", ":")).encode())
    assert (here.heard, here.problems) == (0, [])


@pytest.mark.parametrize("frame", [reply(1, ok=False), b'{"type":"error","error":{"code":"too_fast"}}'])
def test_a_refusal_is_a_problem(frame):
    here = place()
    here.take(frame)
    assert "refused" in here.problems[0]


# ── who speaks ──


def sender(in_flight=1, speech=Digi):
    made, sent = Sender(speech(ROOM, SIGN), 0, in_flight), list[bytes]()
    made.send = sent.append
    made.begin()
    return made, sent


def test_the_next_message_is_said_when_the_last_one_comes_back():
    speaker, sent = sender()
    assert len(sent) == 1
    speaker.take(reply(1))
    assert len(sent) == 1, "the reply is not the echo"
    speaker.take(change(1, 1))
    assert len(sent) == 2
    assert len(speaker.latencies) == 1


def test_two_may_be_under_way():
    speaker, sent = sender(in_flight=2)
    assert len(sent) == 2
    speaker.take(change(1, 1))
    assert len(sent) == 3


def test_somebody_elses_text_is_no_echo():
    speaker, _ = sender()
    speaker.take(change(1, 9))
    assert speaker.problems


def test_a_sender_is_quiet_once_all_is_heard_and_granted():
    speaker, _ = sender()
    speaker.end()
    speaker.take(change(1, 1))
    assert not speaker.is_quiet, "not granted yet"
    speaker.take(reply(1))
    assert speaker.is_quiet
    assert speaker.said == 1


# ── dialects ──


def test_asks_are_what_the_protocol_says():
    ask = json.loads(Digi(ROOM, SIGN).ask(7))
    assert ask["ref"] == "7"
    assert ask["command"] == {
        "type": "message.add",
        "room": ROOM,
        "body": f"00000007 {TALK}",
        "key": "w1-digi-000-00000007",
    }
    assert json.loads(Simple(ROOM, SIGN).ask(7))["key"] == "w1-digi-000-00000007"
    assert json.loads(Reference(ROOM, SIGN).ask(7))["message"] == f"00000007 {TALK}"


def test_every_dialect_says_the_same_length():
    assert BODY_SIZE == 63
    assert set(SPEECHES) == {"digi", "simple", "reference", "socketio", "raw"}


def test_a_simple_frame_is_known_by_its_rev():
    frame = {"type": "chat.message", "message": f"00000001 {TALK}", "user": "w1-000001", "message_id": "x", "rev": 12}
    payload = json.dumps({**frame, "sent_at": "2026"}, separators=(",", ":")).encode()
    assert Simple(ROOM, SIGN).rev_of(payload) == 12
    assert Simple(ROOM, SIGN).mark(1) in payload


def test_the_reference_may_lose_what_it_likes_but_not_repeat():
    frames = [json.dumps({"type": "chat.message", "message": f"{number:08d} {TALK}"}).encode() for number in (1, 3)]
    here = Place(Reference(ROOM, SIGN), 0)
    for frame in frames:
        here.take(frame)
    assert (here.heard, here.lost, here.problems) == (2, 1, [])
    here.take(frames[0])
    assert here.problems


def test_socket_io_is_spoken_to_in_its_own_frames():
    asked = SocketIO(ROOM, SIGN).ask(7)
    assert json.loads(asked.removeprefix(b"42")) == ["say", {"message": f"00000007 {TALK}", "user": SIGN}]
    said = {"message": f"00000007 {TALK}", "user": SIGN, "message_id": 12, "sent_at": "2026"}
    payload = b"42" + json.dumps(["message", said], separators=(",", ":")).encode()
    assert SocketIO(ROOM, SIGN).rev_of(payload) == 7
    here = Place(SocketIO(ROOM, SIGN), 6)
    for frame in (b'0{"sid":"a"}', b'40{"sid":"b"}', payload):
        here.take(frame)
    assert (here.heard, here.problems) == (1, [])
    here.take(b'44{"message":"no"}')
    assert "unexpected" in here.problems[0]


def test_digis_own_frames_are_written_as_the_bench_reads_them():
    """If this fails, the way frames are written has changed, and the bench must learn it."""
    from digi.gateway.chat import dialects
    from digi.kit import sealed
    from digi.live.changes import Change, stream

    fields = {"id": 2**32 + 1, "room": 1, "pos": 1, "rev": 5, "author": "a", "kind": "text", "deleted": False}
    said = {"body": f"00000001 {TALK}", "sent_at": datetime.now(UTC), "edited_at": None, "reply_to": None}
    message = Message.model_validate({**fields, **said})
    change = Change(stream("room", 1), 5, "message", message, "message:1", 5)
    room = sealed.seal("room", 1)
    for speech, dialect in ((Digi, dialects.Digi()), (Simple, dialects.Simple())):
        written = dialect.change(change, 4)
        assert written is not None
        assert speech(room, SIGN).rev_of(written.encode()) == 5
        assert speech.mark(1) in written.encode()


def test_the_raw_broadcaster_speaks_like_digi():
    assert issubclass(Raw, Digi)
    assert Raw(ROOM, SIGN).rev_of(change(8)) == 8
