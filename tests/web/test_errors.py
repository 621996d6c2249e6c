import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.urls import include, path


def breaks(request):
    raise RuntimeError("on purpose")


def denies(request):
    raise PermissionDenied("Not for you.")


urlpatterns = [
    path("breaks/", breaks),
    path("api/v1/breaks/", breaks),
    path("denies/", denies),
    path("", include("digi.config.urls")),
]
handler400 = "digi.web.views.errors.bad_request"
handler403 = "digi.web.views.errors.forbidden"
handler404 = "digi.web.views.errors.not_found"
handler500 = "digi.web.views.errors.server_error"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


def test_an_unknown_page_is_a_page(browser, read):
    answer = browser.get("/nothing/here/")
    assert answer.status_code == 404
    page = read(answer)
    assert "There is no such page" in page.text
    assert {"href": "/", "class": "btn"} in page.all("a")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/", "/api/v2/x"])
def test_an_unknown_address_of_the_api_is_json(browser, path):
    answer = browser.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.filterwarnings("ignore")
def test_a_failure_of_ours_is_a_page_or_json_and_tells_nothing(browser, read, caplog):
    page = browser.get("/breaks/")
    assert page.status_code == 500
    assert "That went wrong here" in read(page).text
    answer = browser.get("/api/v1/breaks/")
    assert (answer.status_code, answer.json()["code"]) == (500, "unavailable")
    assert b"on purpose" not in page.content + answer.content


def test_a_refusal_says_why(browser, read):
    answer = browser.get("/denies/")
    assert answer.status_code == 403
    assert "Not for you." in read(answer).text


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(read):
    answer = Client(enforce_csrf_checks=True).post("/enter/", {"name": "lounge"})
    assert answer.status_code == 403
    assert "Nothing was changed" in read(answer).text


def test_a_wrong_method_is_refused(browser):
    assert browser.post("/about/").status_code == 405


@override_settings(ALLOWED_HOSTS=["*"], DIGI_URL="")
@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8000", 200), ("127.0.0.1", 200), ("[::1]:8000", 200), ("evil.example", 400), ("a b", 400)],
)
def test_a_foreign_name_that_points_here_is_not_answered(browser, host, status):
    answer = browser.get("/about/", headers={"host": host})
    assert answer.status_code == status
    assert "Content-Security-Policy" in answer.headers
    assert browser.get("/api/v1/me", headers={"host": host}).status_code == (401 if status == 200 else 400)


@override_settings(ALLOWED_HOSTS=["chat.example"], DIGI_URL="https://chat.example")
def test_where_the_address_is_set_no_other_name_is_answered(browser):
    assert browser.get("/about/", headers={"host": "chat.example"}).status_code == 200
    assert browser.get("/about/", headers={"host": "localhost"}).status_code == 400
