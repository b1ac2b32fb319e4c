"""Ask a platform's API patiently and carefully, whichever platform it is.

Connecting may take 3 s and every read 20 s. Who is busy (429, 502, 503, 504) is asked again three
times, as late as they ask for, up to a minute. Credentials go to the address in the settings and
nowhere else: redirects are not followed, and no error, log line or page ever shows them.
"""

import base64
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from data.connectors.unreachable import PROXY, why
from data.errors import ConnectorError
from data.progress import Progress, quietly

CONNECT_S, READ_S, WHOLE_S = 3, 20, 300
BUSY, WAITS_S, LONGEST_WAIT_S = {429, 502, 503, 504}, (0.5, 1, 2), 60
MOST_PAGES, MOST_BYTES = 1000, 256 * 1024**2
_ONCE_MORE = Retry(1, status=0, other=0, respect_retry_after_header=False)
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}

Settings = Mapping[str, object]
Page = dict


class Http:
    """One platform's API: its answers as JSON, or one sentence that says what is wrong.

    `settings` is its section of secrets.toml: `url`, and `token` or `username` and `password` if it
    wants them. `progress` is told what is being read; what it raises ends the pull.
    """

    def __init__(self, name: str, settings: Settings, progress: Progress = quietly):
        self.name, self._place = name, {"url": settings.get("url")}
        self._log_in: Callable[[], str] | None = None
        self._progress, self._told = progress, (0.0, f"Reading {name}")
        self._sign = _signature(name, settings)
        self._session = requests.Session()
        self._session.auth = self._signed
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_ONCE_MORE))

    def sign_in_by(self, log_in: Callable[[], str]) -> None:
        """Sign with a token from `log_in`, asked for at first and once more when it is refused."""
        self._log_in, self._sign = log_in, ""

    @property
    def url(self) -> str:
        """Its address, as it may be shown. Raises ConnectorError if there is none."""
        return address(self.name, self._place)

    def get(self, path: str, **params: object) -> Page:
        """The answer to GET; a parameter may be a list. Raises ConnectorError."""
        return self._ask("GET", path, params=params)

    def post(self, path: str, body: Mapping[str, object]) -> Page:
        """The answer to POST of a JSON body. Raises ConnectorError."""
        return self._ask("POST", path, json=body)

    def pages(
        self, ask: Callable[[object], Page], after: Callable[[Page], object]
    ) -> Iterator[Page]:
        """The pages of `ask(token)`, the first with None, until `after(page)` gives no token.

        Raises ConnectorError for a token that was there before, and beyond 1000 pages.
        """
        token, seen = None, set()
        for _ in range(MOST_PAGES):
            page = ask(token)
            yield page
            token = after(page)
            if not token:
                return
            if str(token) in seen:
                raise self.error("gives the same page again and again; tell whoever runs it")
            seen.add(str(token))
        raise self.error(f"has more than {MOST_PAGES} pages of one list; ask it for less")

    def tell(self, share: float, says: str) -> None:
        """Say how far the pull is, from 0 to 1, and what is being read now."""
        self._told = share, says
        self._progress(share, says)

    def error(self, says: str, status: int | None = None) -> ConnectorError:
        """A sentence about this platform: its name, its address and what is wrong with it."""
        return ConnectorError(f"{self.name}: {self.url} {says}", status)

    def _ask(self, method: str, path: str, **how: object) -> Page:
        if self._log_in and not self._sign:
            self._renew()
        response, content = self._patiently(method, path, **how)
        if self._log_in and response.status_code in REFUSED:
            self._renew()
            response, content = self._patiently(method, path, **how)
        return self._understood(response, path, content)

    def _renew(self) -> None:
        """Log in without what was refused."""
        log_in, self._log_in, self._sign = self._log_in, None, ""
        try:
            self._sign = f"Bearer {_sendable(self.name, log_in())}"
        finally:
            self._log_in = log_in

    def _patiently(self, method: str, path: str, **how: object) -> tuple:
        for wait_s in (*WAITS_S, None):
            response, content = self._once(method, path, **how)
            if response.status_code not in BUSY or wait_s is None:
                return response, content
            self._wait(_asked_for(response) or wait_s)

    def _wait(self, wait_s: float) -> None:
        if wait_s > LONGEST_WAIT_S:
            raise self.error(f"is busy and asks to wait {wait_s:,.0f} s; pull again after that")
        until = time.monotonic() + wait_s
        while (left_s := until - time.monotonic()) > 0:
            self._progress(*self._told)
            time.sleep(min(left_s, 0.5))

    def _once(self, method: str, path: str, **how: object) -> tuple:
        self._progress(*self._told)
        try:
            with self._session.request(
                method,
                f"{self.url}/{path.lstrip('/')}",
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
                stream=True,
                **how,
            ) as response:
                return response, self._content(response) if _is_answer(response) else b""
        except (OSError, ValueError) as reason:  # those of requests are OSErrors
            raise self.error(why(reason, CONNECT_S, READ_S)) from None

    def _content(self, response: requests.Response) -> bytes:
        content, until = bytearray(), time.monotonic() + WHOLE_S
        for piece in response.iter_content(1024**2):
            content += piece
            self._progress(*self._told)
            if len(content) > MOST_BYTES:
                raise self.error(f"answered with more than {MOST_BYTES // 1024**2} MB at once")
            if time.monotonic() > until:
                raise self.error(f"needs more than {WHOLE_S} s for one answer; try again later")
        return bytes(content)

    def _understood(self, response: requests.Response, path: str, content: bytes) -> Page:
        status, section = response.status_code, f"[connectors.{self.name}] in secrets.toml"
        if response.is_redirect:
            target = _parts(response.headers["location"])
            place = f"{target.scheme}://{target.hostname}" if target.hostname else "another page"
            raise self.error(f"sends us on to {place}; check url in {section}")
        if status in REFUSED:
            raise self.error(f"refused the credentials ({status}); check {section}")
        if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            raise self.error(PROXY)
        if status == HTTPStatus.NOT_FOUND:
            raise self.error(f"does not know {path} (404); check url in {section}")
        if status in BUSY:
            raise self.error(f"is too busy or not well ({status}); try again later")
        if status >= HTTPStatus.BAD_REQUEST:
            raise self.error(f"answered {path} with error {status}; ask whoever runs it", status)
        with suppress(ValueError, RecursionError):
            if isinstance(page := json.loads(content), dict):
                return page
        raise self.error(f"answered {path} with no data of its API; check url in {section}")

    def _signed(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign with our own credentials or none: never with those of a .netrc."""
        if self._sign:
            request.headers["Authorization"] = self._sign
        return request


def address(name: str, settings: Settings) -> str:
    """The platform's address as it may be shown and stored: without user, query and last slash."""
    parts = _parts(settings.get("url"))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConnectorError(
            f"{name}: url under [connectors.{name}] in secrets.toml is missing or no web address; "
            "write it as https://…"
        )
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"


def _is_answer(response: requests.Response) -> bool:
    """Whether its body is wanted; that of an error or a redirect may be of any length."""
    return HTTPStatus.OK <= response.status_code < HTTPStatus.MULTIPLE_CHOICES


def _parts(url: object) -> SplitResult:
    """The parts of an address, all empty if it is none; the standard error would print it."""
    try:
        return urlsplit(str(url or "").strip())
    except ValueError:
        return urlsplit("")


def _signature(name: str, settings: Settings) -> str:
    """The Authorization header: by token, else by name and password, else none."""
    if token := settings.get("token"):
        return f"Bearer {_sendable(name, str(token))}"
    if user := settings.get("username"):
        both = f"{user}:{settings.get('password', '')}".encode()
        return f"Basic {base64.b64encode(both).decode()}"
    return ""


def _sendable(name: str, token: str) -> str:
    """A token that fits into a header; the HTTP library would print one that does not."""
    token = token.strip()
    if not (token.isascii() and token.isprintable()):
        raise ConnectorError(f"{name}: the token holds characters no token has; copy it again")
    return token


def _asked_for(response: requests.Response) -> float | None:
    """How many seconds a busy platform asks to wait, if it says so."""
    try:
        return Retry(retry_after_max=10**9).get_retry_after(response.raw)
    except InvalidHeader:
        return None
