"""The client every connector uses: patient with who is busy, plain about faults, discreet."""

import logging
import re
import socket
import time
import traceback

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.connectors import http as client
from data.connectors.http import Http
from data.errors import ConnectorError
from platforms.stub import Answer, serving

SECRET = "hunter2-do-not-show"


@pytest.fixture
def no_waiting(monkeypatch) -> list[float]:
    """Waits that are only written down."""
    waited: list[float] = []
    monkeypatch.setattr(Http, "_wait", lambda self, wait_s: waited.append(wait_s))
    return waited


def refused(work) -> str:
    with pytest.raises(ConnectorError) as caught:
        work()
    return str(caught.value)


def in_turn(*answers: Answer):
    """Each answer once, the last one for ever."""
    left = list(answers)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


def test_a_name_and_a_password_are_sent_as_basic_and_a_token_as_bearer():
    with serving(lambda asked: Answer({"sign": asked.headers.get("authorization")})) as stub:
        basic = Http("mlflow", {"url": stub.url, "username": "ä", "password": "b"}).get("x")
        bearer = Http("kubeflow", {"url": f"{stub.url}/", "token": " abc\n"}).get("/x")
        none = Http("mlflow", {"url": stub.url}).get("x")
    assert basic == {"sign": "Basic w6Q6Yg=="}
    assert bearer == {"sign": "Bearer abc"}
    assert none == {"sign": None}


def test_a_netrc_file_never_signs_for_us(tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login someone password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with serving(lambda asked: Answer({"sign": asked.headers.get("authorization")})) as stub:
        assert Http("mlflow", {"url": stub.url}).get("x") == {"sign": None}
        assert Http("mlflow", {"url": stub.url, "token": "abc"}).get("x") == {"sign": "Bearer abc"}


def test_who_is_busy_is_asked_again_as_late_as_they_ask_for(no_waiting):
    busy = Answer(status=429, headers={"Retry-After": "7"})
    with serving(in_turn(busy, Answer(status=503), Answer({"a": 1}))) as stub:
        assert Http("mlflow", {"url": stub.url}).get("x") == {"a": 1}
    assert no_waiting == [7, 1]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_who_stays_busy_is_left_alone_after_three_more_tries(no_waiting, status):
    with serving(lambda asked: Answer(status=status)) as stub:
        said = refused(lambda: Http("mlflow", {"url": stub.url}).get("x"))
        assert len(stub.asked) == 4
    assert said == f"mlflow: {stub.url} is too busy or not well ({status}); try again later"


def test_a_wait_is_waited_and_may_be_cancelled():
    class Cancelled(BaseException):
        pass

    told = []

    def tell(share: float, says: str) -> None:
        told.append(says)
        if len(told) == 4:
            raise Cancelled

    with serving(lambda asked: Answer(status=429, headers={"Retry-After": "50"})) as stub:
        with pytest.raises(Cancelled):
            Http("mlflow", {"url": stub.url}, tell).get("x")
        assert len(stub.asked) == 1


def test_who_asks_to_wait_longer_than_a_minute_is_not_waited_for():
    with serving(lambda asked: Answer(status=429, headers={"Retry-After": "3600"})) as stub:
        said = refused(lambda: Http("mlflow", {"url": stub.url}).get("x"))
        assert len(stub.asked) == 1
    assert "is busy and asks to wait 3,600 s" in said


def test_an_unreadable_wait_is_taken_for_none(no_waiting):
    soon = Answer(status=429, headers={"Retry-After": "soon"})
    with serving(in_turn(soon, Answer({"a": 1}))) as stub:
        assert Http("mlflow", {"url": stub.url}).get("x") == {"a": 1}
    assert no_waiting == [0.5]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer(status=401), "refused the credentials (401); check [connectors.mlflow] in sec"),
        (Answer(status=403), "refused the credentials (403); check [connectors.mlflow] in sec"),
        (Answer(status=404), "does not know api/x (404); check url in [connectors.mlflow]"),
        (Answer(status=400), "answered api/x with error 400; ask whoever runs it"),
        (Answer(status=500), "answered api/x with error 500; ask whoever runs it"),
        (Answer(b"<html>Sign in</html>"), "answered api/x with no data of its API; check url"),
        (Answer([1, 2]), "answered api/x with no data of its API; check url"),
        (Answer(b"[" * 100_000), "answered api/x with no data of its API; check url"),
        (
            Answer(status=302, headers={"Location": "https://login.example/x?token=1"}),
            "sends us on to https://login.example; check url",
        ),
        (Answer(status=307, headers={"Location": "/login"}), "sends us on to another page; check"),
        (Answer(status=307, headers={"Location": "http://[x"}), "cannot be reached; see that"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_with_the_cure(answer, says):
    with serving(lambda asked: answer) as stub:
        said = refused(lambda: Http("mlflow", {"url": f"{stub.url}/"}).get("api/x"))
        assert len(stub.asked) == 1
    assert said.startswith(f"mlflow: {stub.url} {says}")


def test_credentials_never_follow_a_redirect():
    with serving(lambda asked: Answer()) as elsewhere:
        moved = Answer(status=307, headers={"Location": f"{elsewhere.url}/x"})
        with serving(lambda asked: moved) as stub:
            platform = Http("airflow", {"url": stub.url, "username": "u", "password": SECRET})
            refused(lambda: platform.get("x"))
            refused(lambda: platform.post("auth/token", {"password": SECRET}))
        assert elsewhere.asked == []


def test_a_server_that_is_down_is_said_to_be():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        said = refused(lambda: Http("mlflow", {"url": url}).get("x"))
    assert said.startswith(f"mlflow: {url} cannot be reached; see that it runs")


def test_a_slow_server_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(client, "READ_S", 0.2)
    with serving(lambda asked: time.sleep(1) or Answer()) as stub:
        said = refused(lambda: Http("mlflow", {"url": stub.url}).get("x"))
    assert "did not answer within 0.2 s" in said


def test_a_server_that_answers_in_drops_or_without_end_is_left(monkeypatch):
    with serving(lambda asked: Answer(b" " * 3000)) as stub:
        monkeypatch.setattr(client, "MOST_BYTES", 2000)
        assert "more than 0 MB" in refused(lambda: Http("mlflow", {"url": stub.url}).get("x"))
        monkeypatch.setattr(client, "WHOLE_S", -1)
        monkeypatch.setattr(client, "MOST_BYTES", 4000)
        said = refused(lambda: Http("mlflow", {"url": stub.url}).get("x"))
    assert "needs more than -1 s for one answer" in said


def test_a_broken_answer_is_said_to_be_unreachable():
    short = Answer(b"{}", headers={"Content-Length": "100", "Connection": "close"})
    with serving(lambda asked: short) as stub:
        assert "cannot be reached" in refused(lambda: Http("mlflow", {"url": stub.url}).get("x"))


@pytest.mark.parametrize("url", [None, "", "mlflow.example", "ftp://a", f"http://u:{SECRET}@[", 5])
def test_an_address_that_is_none_is_refused_without_showing_it(url):
    said = refused(lambda: Http("mlflow", {"url": url}).get("x"))
    assert said.startswith("mlflow: url under [connectors.mlflow] in secrets.toml is missing")
    assert SECRET not in said


@pytest.mark.parametrize("token", [f"{SECRET}\nX: y", f"{SECRET}–"])
def test_a_token_that_cannot_be_sent_is_refused_without_showing_it(token):
    said = refused(lambda: Http("kubeflow", {"url": "https://a.example", "token": token}))
    assert said == "kubeflow: the token holds characters no token has; copy it again"


def numbered(http: Http, last: int):
    """Pages 0 to `last`, each with the number of the next."""

    def ask(token: object) -> dict:
        number = int(token or 0)
        return {"number": number, "next": number + 1 if number < last else None}

    return http.pages(ask, lambda page: page["next"])


def test_pages_are_read_to_the_last_one():
    http = Http("mlflow", {"url": "https://a.example"})
    assert [page["number"] for page in numbered(http, 999)] == list(range(1000))


def test_more_than_a_thousand_pages_are_refused():
    http = Http("mlflow", {"url": "https://a.example"})
    assert "more than 1000 pages" in refused(lambda: list(numbered(http, 1000)))


def test_a_page_token_that_repeats_is_refused():
    http = Http("mlflow", {"url": "https://a.example"})
    pages = http.pages(lambda token: {}, lambda page: "string")
    assert "the same page again and again" in refused(lambda: list(pages))


def test_a_refused_token_is_asked_for_once_more_and_then_no_more():
    tokens, good = iter(("old", "new", "newer")), {"Bearer new"}

    def answer(asked):
        return Answer({"a": 1}) if asked.headers["authorization"] in good else Answer(status=403)

    with serving(answer) as stub:
        http = Http("airflow", {"url": stub.url})
        http.sign_in_by(lambda: next(tokens))
        assert http.get("x") == {"a": 1}
        assert http.get("x") == {"a": 1}
        good.clear()
        assert "refused the credentials (403)" in refused(lambda: http.get("x"))
    signs = [asked.headers["authorization"] for asked in stub.asked]
    assert signs == ["Bearer old", "Bearer new", "Bearer new", "Bearer new", "Bearer newer"]


def test_logging_in_is_not_signed_and_its_refusal_ends_the_pull():
    with serving(lambda asked: Answer(status=401)) as stub:
        http = Http("airflow", {"url": stub.url})
        http.sign_in_by(lambda: http.post("auth/token", {})["access_token"])
        assert "refused the credentials (401)" in refused(lambda: http.get("x"))
        assert stub.paths() == ["/auth/token"]
        assert "authorization" not in stub.asked[0].headers


def everything_said(caught: BaseException, http: Http, log: str) -> str:
    return "".join(traceback.format_exception(caught)) + repr(http) + str(vars(caught)) + log


@pytest.mark.parametrize("status", [302, 400, 401, 404, 429, 500])
@pytest.mark.parametrize("how", ["password", "token", "url"])
def test_credentials_are_in_no_message_no_log_and_no_repr(status, how, caplog, no_waiting):
    caplog.set_level(logging.DEBUG)
    answer = Answer({"message": f"wrong: {SECRET}"}, status, {"Location": f"https://{SECRET}@b"})
    with serving(lambda asked: answer) as stub:
        ways = {
            "password": {"url": stub.url, "username": "u", "password": SECRET},
            "token": {"url": stub.url, "token": SECRET},
            "url": {"url": stub.url.replace("//", f"//u:{SECRET}@")},
        }
        http = Http("mlflow", ways[how])
        with pytest.raises(ConnectorError) as caught:
            http.get("x")
    assert stub.url in str(caught.value)
    assert SECRET not in everything_said(caught.value, http, caplog.text)


@given(st.text() | st.text().map(lambda text: f"https://{text}"))
@settings(max_examples=50)
def test_whatever_stands_for_an_address_is_one_or_is_refused_in_a_sentence(text):
    try:
        shown = client.address("mlflow", {"url": text})
    except ConnectorError as reason:
        assert str(reason).startswith("mlflow: url under")
    else:
        assert re.match(r"https?://", shown) and "@" not in shown.split("/")[2]
