"""What programs of others rely on: paths, keys, statuses. A change here is a change of the contract."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from digi.accounts import people, sessions
from digi.execute import execute
from digi.protocol import commands as c
from tests.conftest import PASSWORD, as_actor
from tests.logs import counted

MESSAGE = {"id", "room", "pos", "rev", "author", "kind", "body", "reply_to", "sent_at", "edited_at", "deleted"}
ENTRY = {
    *("id", "rev", "kind", "name", "topic", "archived", "created_at"),
    *("head", "last_pos", "read_pos", "unread", "role", "entry_rev"),
}
PERSON = {"username", "display_name", "initials", "hue", "bot"}
MEMBER = {"room", "rev", "person", "profile", "role", "joined_at", "left"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
ID = re.compile(r"[A-Za-z0-9_-]{32}")


def do(call, user, command, **fields):
    status, answer = call(user, f"/commands/{command}", fields)
    assert status == 200, answer
    return answer


# ── signing in ──


def test_a_password_is_exchanged_for_a_token(alice, call):
    status, answer = call(None, "/token", {"username": "Alice", "password": PASSWORD})
    assert (status, set(answer)) == (200, {"token"})
    assert sessions.user_of_token(answer["token"]) == alice


@pytest.mark.parametrize("username", ["alice", "nobody", "robbie"])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(username, robbie, call):
    status, answer = call(None, "/token", {"username": username, "password": "wrong"})
    assert status == 401
    assert answer == {"code": "unauthenticated", "detail": "The username or the password is wrong."}


def test_guessing_is_slowed_down_whatever_the_spelling(alice, call):
    for number in range(10):
        name = ("alice", "ALICE", "Alice", " alice ")[number % 4]
        assert call(None, "/token", {"username": name, "password": "wrong"})[0] == 401
    status, answer = call(None, "/token", {"username": "aLiCe", "password": PASSWORD})
    assert (status, answer["code"]) == (429, "too_fast")
    assert answer["retry_after"] > 0
    assert call(None, "/token", {"username": "bob", "password": "wrong"})[0] == 401, "others are not shut out"


def test_a_refusal_for_haste_says_when_to_come_back(alice, call):
    for _ in range(10):
        call(None, "/token", {"username": "alice", "password": "wrong"})
    response = Client().post("/api/v1/token", {"username": "alice", "password": "x"}, content_type="application/json")
    assert int(response["Retry-After"]) > 0


def test_commands_that_come_too_fast_are_refused(alice, call, settings):
    settings.DIGI_RATE = 0.5
    answers = [call(alice, "/commands/profile.edit", {}) for _ in range(6)]
    assert [status for status, _ in answers] == [200] * 5 + [429]
    assert answers[-1][1]["code"] == "too_fast"
    assert answers[-1][1]["retry_after"] > 0


@pytest.mark.parametrize(
    "body", [{}, {"username": "alice"}, {"username": 1, "password": "x"}, {"username": "a\0", "password": "x"}]
)
def test_a_token_needs_two_texts(body, alice, call):
    status, answer = call(None, "/token", body)
    assert (status, answer["code"]) == (422, "invalid")
    assert answer["field"] in {"username", "password"}


@pytest.mark.parametrize("header", ["Bearer x", "Bearer", "Basic x", "Bearer digi_x", ""])
def test_without_a_good_token_one_is_nobody(header, alice):
    for ask in (Client(enforce_csrf_checks=True).get, Client(enforce_csrf_checks=True).post):
        path = "/api/v1/me" if ask.__name__ == "get" else "/api/v1/commands/profile.edit"
        response = ask(path, content_type="application/json", headers={"Authorization": header} if header else {})
        assert response.status_code == 401
        assert response.json() == {"code": "unauthenticated", "detail": "Sign in first."}
        assert response["WWW-Authenticate"] == "Bearer"


def test_a_page_shows_its_csrf_token(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.get("/api/v1/me").json()["username"] == "alice"
    refused = client.post("/api/v1/commands/profile.edit", {"hue": 9}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    alice.refresh_from_db()
    assert alice.head == 0
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    headers = {"X-CSRFToken": "a" * 32}
    told = client.post("/api/v1/commands/profile.edit", {"hue": 9}, content_type="application/json", headers=headers)
    assert told.json()["person"]["hue"] == 9


def test_a_bad_token_is_not_made_good_by_a_session(alice):
    client = Client()
    client.force_login(alice)
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer digi_x"}).status_code == 401


# ── what is answered ──


def test_a_message(alice, bob, lounge, call):
    room = call(bob, "/rooms")[1]["rooms"][0]["id"]
    first = do(call, bob, "message.add", room=room, body="Hi", key="a-key-of-mine")["message"]
    assert set(first) == MESSAGE | {"key"}
    assert ID.fullmatch(first["id"])
    assert MOMENT.fullmatch(first["sent_at"])
    assert (first["room"], first["author"], first["kind"], first["body"]) == (room, "bob", "text", "Hi")
    assert (first["reply_to"], first["edited_at"], first["deleted"]) == (None, None, False)
    reply = do(call, alice, "message.add", room=room, body="Hello", reply_to=first["id"])["message"]
    assert set(reply) == MESSAGE, "a key is there only if the sender gave one"
    assert reply["reply_to"] == first["id"]
    edited = do(call, bob, "message.edit", message=first["id"], body="Ho")["message"]
    assert MOMENT.fullmatch(edited["edited_at"])
    gone = do(call, bob, "message.delete", message=first["id"])["message"]
    assert (gone["body"], gone["deleted"], set(gone)) == ("", True, MESSAGE | {"key"})


def test_a_system_line(alice, lounge, call):
    room = call(alice, "/rooms")[1]["rooms"][0]["id"]
    do(call, alice, "room.rename", room=room, name="Salon")
    line = call(alice, f"/rooms/{room}/messages")[1]["messages"][-1]
    assert set(line) == MESSAGE | {"event"}
    assert (line["kind"], line["body"], line["event"]) == ("system", "", {"name": "room.renamed", "to": "Salon"})


def test_a_room(alice, bob, lounge, direct, call):
    rooms = {room["kind"]: room for room in call(alice, "/rooms")[1]["rooms"]}
    assert set(rooms["group"]) == ENTRY
    assert set(rooms["direct"]) == ENTRY | {"people", "profiles"}
    assert rooms["direct"]["name"] is None
    assert rooms["direct"]["people"] == ["alice", "bob"]
    assert {frozenset(profile) for profile in rooms["direct"]["profiles"]} == {frozenset(PERSON)}
    assert call(alice, f"/rooms/{rooms['group']['id']}")[1] == {"room": rooms["group"]}


def test_the_last_line_of_a_room(alice, lounge, say, call):
    say(alice, lounge)
    (room,) = call(alice, "/rooms")[1]["rooms"]
    assert set(room) == ENTRY | {"last"}
    assert set(room["last"]) == MESSAGE


def test_a_page_of_messages(alice, bob, lounge, say, call):
    for number in range(60):
        say(alice, lounge, str(number))
    room = call(bob, "/rooms")[1]["rooms"][0]["id"]
    page = call(bob, f"/rooms/{room}/messages")[1]
    assert set(page) == {"messages", "more", "people"}
    assert [message["body"] for message in page["messages"]] == [str(number) for number in range(10, 60)]
    assert page["more"] is True
    assert [set(person) for person in page["people"]] == [PERSON]
    pos = page["messages"][0]["pos"]
    earlier = call(bob, f"/rooms/{room}/messages?before={pos}&limit=200")[1]
    assert (len(earlier["messages"]), earlier["more"]) == (10, False)


def test_a_page_of_changes(alice, bob, lounge, say, call):
    say(alice, lounge)
    room = call(bob, "/rooms")[1]["rooms"][0]["id"]
    page = call(bob, f"/rooms/{room}/changes?after=0&limit=2")[1]
    assert set(page) == {"changes", "upto", "head", "more"}
    assert page["more"] is True
    assert page["upto"] == page["changes"][-1]["rev"]
    rest = call(bob, f"/rooms/{room}/changes?after={page['upto']}")[1]
    assert (rest["more"], rest["upto"]) == (False, rest["head"])
    kinds = [set(change) - {"rev"} for change in page["changes"] + rest["changes"]]
    assert kinds == [{"room"}, {"member"}, {"member"}, {"member"}, {"message"}]


def test_ones_own_log(alice, bob, lounge, direct, call):
    page = call(alice, "/me/changes")[1]
    kinds = {name for change in page["changes"] for name in change if name != "rev"}
    assert kinds == {"entry", "friend"}
    assert page["head"] == call(alice, "/me")[1]["head"]


def test_members_people_friends_and_oneself(alice, bob, charlie, lounge, call):
    room = call(alice, "/rooms")[1]["rooms"][0]["id"]
    members = call(alice, f"/rooms/{room}/members")[1]["members"]
    assert {frozenset(member) for member in members} == {frozenset(MEMBER)}
    assert set(call(alice, "/people?q=bo")[1]["people"][0]) == PERSON
    assert set(call(alice, "/people/bob")[1]["person"]) == PERSON
    do(call, alice, "friend.request", person="bob")
    do(call, alice, "person.block", person="charlie")
    standing = call(alice, "/friends")[1]
    assert [set(friend) for friend in standing["friends"]] == [{"person", "profile", "state", "rev"}]
    assert [set(block) for block in standing["blocks"]] == [{"person", "profile", "active", "rev"}]
    assert set(call(alice, "/me")[1]) == PERSON | {"rev", "owner", "head", "settings"}


def test_earlier_texts(alice, bob, lounge, say, call):
    message = say(bob, lounge)
    execute(as_actor(bob), c.EditMessage(message=message.id, body="Ho"))
    shown = message.json_value()["id"]
    (was,) = call(bob, f"/messages/{shown}/revisions")[1]["revisions"]
    assert was == {"body": "Hello", "written_at": message.json_value()["sent_at"]}


def test_what_each_kind_of_command_answers_with(alice, bob, lounge, call):
    room = call(alice, "/rooms")[1]["rooms"][0]["id"]
    assert set(do(call, alice, "room.topic", room=room, topic="Tea")) == {"room"}
    assert set(do(call, alice, "message.add", room=room, body="Hi")) == {"message"}
    assert set(do(call, alice, "room.role", room=room, person="bob", role="moderator")) == {"member"}
    assert set(do(call, alice, "profile.edit")) == {"person"}
    assert do(call, alice, "room.leave", room=room) == {}


# ── what is refused ──


def test_every_refusal_has_a_code_and_a_sentence(alice, charlie, lounge, call):
    room = call(alice, "/rooms")[1]["rooms"][0]["id"]
    asked = [
        (401, "unauthenticated", call(None, "/me")),
        (403, "forbidden", call(alice, "/commands/room.create", {"kind": "direct", "people": ["charlie"]})),
        (404, "not_found", call(charlie, f"/rooms/{room}")),
        (422, "invalid", call(alice, "/commands/room.create", {"kind": "public"})),
    ]
    do(call, alice, "room.open", name="Garden")
    asked.append((409, "conflict", call(alice, "/commands/room.create", {"kind": "public", "name": "Garden"})))
    for status, code, (found, answer) in asked:
        assert (found, answer["code"]) == (status, code)
        assert set(answer) <= {"code", "detail", "field", "key", "retry_after"}
        assert re.fullmatch(r"[A-Z].*[.]", answer["detail"])


def test_a_refused_message_is_named_by_its_key(charlie, call):
    _, answer = call(charlie, "/commands/message.add", {"room": "x", "body": "Hi", "key": "a-key-of-mine"})
    assert answer == {
        "code": "not_found",
        "detail": "There is no such room, or it is not yours to see.",
        "field": "room",
        "key": "a-key-of-mine",
    }


@pytest.mark.parametrize(
    "path", ["/nowhere", "/commands/nothing", "/rooms/", "/", "/docs", "/messages/x", "/people/a/b"]
)
def test_an_unknown_path_is_answered_in_json(path, alice, call):
    status, answer = call(alice, path)
    assert (status, answer["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/commands/room.open"), ("POST", "/rooms"), ("DELETE", "/me"), ("PUT", "/token")]
)
def test_a_wrong_method_is_answered_in_json(method, path, alice, call):
    status, answer = call(alice, path, {}, method=method)
    assert (status, answer["code"]) == (405, "invalid")


def test_a_wrong_method_names_the_right_one(alice):
    assert Client().delete("/api/v1/me")["Allow"] == "GET"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("before=x", "before"),
        ("after=-1", "after"),
        ("around=1e3", "around"),
        ("limit=", "limit"),
        (f"after={2**63}", "after"),
    ],
)
def test_a_bound_is_a_number(query, field, alice, lounge, call):
    room = call(alice, "/rooms")[1]["rooms"][0]["id"]
    status, answer = call(alice, f"/rooms/{room}/messages?{query}")
    assert (status, answer["code"], answer["field"]) == (422, "invalid", field)


@pytest.mark.parametrize(
    "path", ["/people?q=%00", "/people/%00", "/people?q=%FF", "/rooms/%00", "/messages/%00/revisions"]
)
def test_odd_characters_in_a_path_find_nothing(path, alice, bob, call):
    status, answer = call(alice, path)
    assert status == 404 or answer == {"people": []}


def test_nothing_is_kept_by_caches(alice):
    assert Client().get("/api/v1/me")["Cache-Control"] == "no-store"


# ── few queries ──


def test_requests_take_few_queries(alice, bob, lounge, say, call):
    for number in range(5):
        say(bob, lounge, str(number))
    room = call(alice, "/rooms")[1]["rooms"][0]["id"]
    limits = {"/rooms": 6, f"/rooms/{room}": 5, f"/rooms/{room}/messages": 5, f"/rooms/{room}/members": 3, "/me": 2}
    for path, most in limits.items():
        with counted() as made:
            assert call(alice, path)[0] == 200
        assert made.number <= most, (path, made.statements)


# ── the document ──


@pytest.fixture
def document(call):
    return call(None, "/openapi.json")[1]


def test_the_document_names_every_command_with_its_fields(db, document):
    for name, model in c.BY_NAME.items():
        operation = document["paths"][f"/api/v1/commands/{name}"]["post"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        assert set(schema["properties"]) == set(model.model_fields) - {"type"}
        assert set(schema.get("required", [])) == {
            field for field, known in model.model_fields.items() if known.is_required()
        }
        assert schema["additionalProperties"] is False
        assert operation["operationId"] == name
        assert operation["summary"]


def test_the_document_is_sound(db, document):
    assert document["openapi"].startswith("3.")
    assert document["info"]["title"] == "Digi"
    operations = [each for methods in document["paths"].values() for each in methods.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    for path, methods in document["paths"].items():
        named = {
            part["name"] for each in methods.values() for part in each.get("parameters", ()) if part["in"] == "path"
        }
        assert named == set(re.findall(r"{(\w+)}", path))
    assert all(operation["responses"] for operation in operations)


def test_every_reference_of_the_document_leads_somewhere(db, document):
    text = json.dumps(document)
    references = set(re.findall(r'"\$ref": "([^"]+)"', text))
    assert references
    for reference in references:
        part = document
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]
        assert part


def test_the_document_leads_nowhere_else(db, document):
    assert "://" not in json.dumps(document)
    assert "$defs" not in json.dumps(document)


def test_patterns_of_the_document_are_read_by_browsers_too(db, document):
    """ECMA-262 has no `\\\\z` or `\\\\A`."""
    patterns = re.findall(r'"pattern": "([^"]+)"', json.dumps(document))
    assert patterns
    assert not [pattern for pattern in patterns if re.search(r"\\[AzZ]", pattern)]


def test_the_document_tells_how_to_sign_in(db, document):
    schemes = document["components"]["securitySchemes"]
    assert {scheme["type"] for scheme in schemes.values()} == {"http", "apiKey"}
    assert "security" not in document["paths"]["/api/v1/token"]["post"]


def test_the_deactivated_keep_no_token(alice, bob, call):
    assert call(bob, "/me")[0] == 200
    people.deactivate(bob)
    assert call(bob, "/me")[0] == 401
