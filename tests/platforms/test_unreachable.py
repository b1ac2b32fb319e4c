"""A platform that gives no answer: what is wrong is said with its cure, whatever stands between."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from data.connectors.http import Http
from data.connectors.unreachable import why
from data.errors import ConnectorError
from platforms.running import free_port
from platforms.stub import Answer, Asked, Stub, serving

SELF_SIGNED = Path(__file__).with_name("self_signed.pem")  # for 127.0.0.1, until 2126
SECRET = "hunter2-of-the-proxy"


@pytest.fixture(autouse=True)
def nothing_between(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def over_tls() -> Iterator[Stub]:
    """A server with a certificate it made itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SELF_SIGNED)
    with serving(lambda asked: Answer({"a": 1}), context) as stub:
        yield stub


def refused(url: str, **settings: str) -> str:
    with pytest.raises(ConnectorError) as caught:
        Http("mlflow", {"url": url, **settings}).get("x")
    return str(caught.value)


def test_a_self_signed_certificate_is_trusted_once_it_is_named(over_tls, monkeypatch):
    assert "a certificate nobody here trusts; name a file with" in refused(over_tls.url)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(SELF_SIGNED))
    assert Http("mlflow", {"url": over_tls.url}).get("x") == {"a": 1}
    elsewhere = over_tls.url.replace("127.0.0.1", "localhost")
    assert "has a certificate of another host; check url" in refused(elsewhere)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(SELF_SIGNED.with_name("none.pem")))
    assert "there is no file at REQUESTS_CA_BUNDLE" in refused(over_tls.url)


def test_https_where_only_http_is_spoken_is_said_to_be():
    with serving(lambda asked: Answer()) as stub:
        said = refused(stub.url.replace("http:", "https:"))
    assert "does not speak https; write http://" in said


def test_a_certificate_that_has_expired_is_no_matter_of_trust():
    expired = requests.exceptions.SSLError("certificate verify failed: certificate has expired")
    assert why(expired, 3, 20) == "has a certificate that has expired; tell whoever runs it"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_down_is_named_without_its_password(monkeypatch, scheme):
    proxy = f"http://us:{SECRET}@127.0.0.1:{free_port()}"
    monkeypatch.setenv(f"{scheme.upper()}_PROXY", proxy)
    said = refused(f"{scheme}://mlflow.example", token="abc")
    assert "cannot be reached through the proxy of this machine; check HTTPS_PROXY" in said
    assert SECRET not in said and "127.0.0.1" not in said


def test_a_proxy_is_asked_unless_the_host_needs_none(monkeypatch):
    def answer(asked: Asked) -> Answer:
        return Answer(status=407) if asked.path == "/no" else Answer({"path": asked.path})

    with serving(answer) as proxy, serving(answer) as inside:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        http = Http("mlflow", {"url": "http://mlflow.example/base/"})
        assert http.get("x") == {"path": "/base/x"} and len(proxy.asked) == 1
        with pytest.raises(ConnectorError, match="through the proxy of this machine"):
            Http("mlflow", {"url": "http://mlflow.example"}).get("no")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        assert Http("mlflow", {"url": inside.url}).get("x") == {"path": "/x"}
        assert len(proxy.asked) == 2


@pytest.mark.parametrize(("status", "says"), [(401, "refused the credentials"), (302, "sends us")])
def test_the_body_of_an_error_may_be_of_any_length_and_is_not_read(monkeypatch, status, says):
    monkeypatch.setattr("data.connectors.http.MOST_BYTES", 1000)
    with serving(lambda asked: Answer(b"x" * 9000, status, {"Location": "/login"})) as stub:
        assert says in refused(stub.url)
