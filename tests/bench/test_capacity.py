"""The arithmetic of how much is needed: it grows with people, and says where it stops working."""

import json

import pytest

from bench import capacity
from bench.capacity import Bounds, Costs, Life, need

SIZES = [1e4, 1e6, 1e8]


def needs(people, fan_out="room", **costs):
    return need(people, Life(), Costs(**costs), Bounds(), fan_out=fan_out)


def test_more_people_never_need_less():
    grown = [needs(people) for people in SIZES]
    for name in ("sockets", "messages", "workers", "memory", "stored", "network", "databases"):
        values = [getattr(one, name) for one in grown]
        assert values == sorted(values)


def test_one_worker_needs_no_redis():
    alone = needs(1e4)
    assert (alone.workers, alone.redis, alone.received) == (1, 0, 0)


def test_messages_at_the_peak_are_those_of_a_day_times_the_peak():
    assert needs(86_400).messages == pytest.approx(Life().said * Life().peak)


def test_telling_every_worker_of_everything_ends_somewhere():
    """Each further worker hears every change: at some point no number is enough."""
    assert needs(1e8, fan_out="all").workers == 0
    assert needs(1e8, fan_out="room").workers > 0


def test_telling_only_who_listens_is_never_more():
    for workers in (2, 10, 1_000):
        only = capacity.heard_by(workers, 8, fan_out="room")
        assert only <= capacity.heard_by(workers, 8, fan_out="all")
        assert only <= 8


def test_sockets_alone_can_need_workers():
    assert needs(1e6, message=0, delivery=0, handshake=0, page=0, received=0).workers == 39


def test_what_a_run_measured_takes_the_place_of_round_figures(tmp_path):
    def figure(workload, name, **sides):
        return {"workload": workload, "name": name, "sides": {side: {"median": value} for side, value in sides.items()}}

    figures = [
        figure("W2", "server µs per message", digi=300.0),
        figure("W10", "server µs per delivery, 500 members per room", digi=9.0),
        figure("W10", "server µs per delivery, 5,000 members per room", digi=7.0),
        figure("W5", "memory per idle socket at 10,000", digi=25.0),
        figure("W8", "pages/s, 16 connections", digi=500.0),
        figure("W11", capacity.OWN, **{"digi": 500.0, "one worker": 420.0}),
        figure("W11", capacity.WHOLE, **{"digi": 900.0, "one worker": 820.0}),
    ]
    path = tmp_path / "run.json"
    path.write_text(json.dumps({"figures": figures}))
    found, names = capacity.read(path, Costs())
    assert (found.delivery, found.message, found.socket, found.page) == (7.0, 286.0, 25.0, 2000.0)
    assert (found.received, found.database) == (80.0, 400.0)
    assert "handshake" not in names
    assert found.handshake == Costs().handshake


def test_every_assumption_is_printed():
    printed = capacity.assumptions(Life(), Costs(), Bounds(), {"message"})
    assert "message 400 (measured)" in printed
    assert all(f"{name} " in printed for name in ("peak", "busy", "row", "frame"))


def test_the_table_has_a_column_for_each_number_of_people():
    head, *rows = capacity.table(SIZES, [needs(people) for people in SIZES]).splitlines()
    assert "100,000,000 people" in head
    assert len(rows) == 11
