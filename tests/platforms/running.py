"""Start real servers on free ports of this machine, in process groups that end with their test."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from platforms import build

START_S = 180


def environment(name: str) -> Path:
    """Where the environment of a platform is. Without it the test is skipped, and in CI fails."""
    if not build.is_built(name):
        says = f"{build.PLACE / name} is missing or old (make platforms): {name} was not tested"
        pytest.fail(says) if os.environ.get("CI") == "true" else pytest.skip(says)
    return build.PLACE / name


def free_port() -> int:
    """A port of 127.0.0.1 nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def running(
    command: Sequence[object], folder: Path, settings: Mapping[str, str], name: str = "server"
) -> Iterator[subprocess.Popen]:
    """A command in a process group of its own, which is ended, children and all."""
    log = folder / f"{name}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=os.environ | settings,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _end(process)


def until(is_so: Callable[[], bool], what: str, wait_s: float = START_S) -> None:
    """Wait until something is so; fail when it takes too long."""
    last = time.monotonic() + wait_s
    while not is_so():
        assert time.monotonic() < last, f"{what} took more than {wait_s} s"
        time.sleep(0.1)


def answers(url: str, process: subprocess.Popen) -> bool:
    """Whether the server answers that address; fails when its process has ended."""
    assert process.poll() is None, f"the server ended with {process.returncode}"
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False


def _end(process: subprocess.Popen) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            continue
    process.wait()
