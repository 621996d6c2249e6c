"""People who hear several rooms on one socket, verified room by room."""

import json

from bench.audit import compare
from bench.generator.pages import content_length, out_of_order
from bench.generator.speech import TALK
from bench.generator.visitors import Shared, Visitor

FIRST, SECOND = "a" * 32, "b" * 32


def scene():
    shared = Shared([{"id": FIRST, "head": 10, "last_pos": 7}, {"id": SECOND, "head": 3, "last_pos": 0}], "w6")
    return shared, Visitor(shared, [0, 1])


def change(log, rev, number):
    message = {"rev": rev, "body": f"{number:08d} {TALK}"}
    frame = {"type": "change", "log": log, "rev": rev, "message": message}
    return json.dumps(frame, separators=(",", ":")).encode()


def test_each_room_has_an_order_of_its_own():
    _, visitor = scene()
    visitor.take(change(FIRST, 11, 1))
    visitor.take(change(SECOND, 4, 2))
    visitor.take(change(FIRST, 12, 3))
    assert (visitor.heard, visitor.problems) == (3, [])
    visitor.take(change(SECOND, 6, 4))
    assert "rev 6 came where 5 was next" in visitor.problems[0]


def test_one_is_behind_until_all_that_was_said_has_come():
    shared, visitor = scene()
    ask = json.loads(visitor.ask(0, meant=1.0))
    assert ask["command"]["room"] == FIRST
    assert visitor.behind == 1
    visitor.take(change(FIRST, 11, 1))
    assert (visitor.behind, visitor.came) == (0, [1])
    assert shared.meant == {1: 1.0}


def test_only_ones_own_messages_are_timed():
    _, visitor = scene()
    visitor.take(change(FIRST, 11, 1))
    assert visitor.came == []


def test_a_read_mark_names_the_newest_message_one_holds():
    _, visitor = scene()
    visitor.take(change(FIRST, 11, 1))
    assert json.loads(visitor.mark(0))["command"] == {"type": "room.read", "room": FIRST, "pos": 8}


def test_grants_of_messages_and_of_marks_are_counted_apart():
    shared, visitor = scene()
    visitor.take(b'{"type":"reply","ref":"r","ok":true,"result":{}}')
    visitor.take(b'{"type":"reply","ref":"4","ok":true,"result":{}}')
    visitor.take(b'{"type":"reply","ref":"5","ok":false,"error":{"code":"too_fast"}}')
    assert (shared.marks_granted, shared.granted) == (1, 1)
    assert "too_fast" in visitor.problems[0]


# ── what is looked through afterwards ──


def test_the_audit_wants_every_key_once():
    assert compare("w1-000", 3, ["w1-000-00000002", "w1-000-00000001", "w1-000-00000003"]) == []
    [problem] = compare("w1-000", 3, ["w1-000-00000001", "w1-000-00000003"])
    assert "3 were granted, 2 are stored; missing are [2]" in problem
    assert compare("w1-000", 1, ["w1-000-00000001", "w1-000-00000001"])


def test_the_length_of_an_answer_is_read_from_its_head():
    assert content_length(b"HTTP/1.1 200 OK\r\nContent-Type: x\r\nContent-Length: 321") == 321


def test_a_page_with_a_hole_is_a_problem():
    assert out_of_order({"messages": [{"pos": 4}, {"pos": 5}]}) == []
    assert out_of_order({"messages": [{"pos": 4}, {"pos": 6}]})
    assert out_of_order({"rooms": []}) == []
