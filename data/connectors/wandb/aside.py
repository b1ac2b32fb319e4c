"""A program of another Python beside the board's: its answers as lines of JSON, and its end."""

import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

SILENT_S = 180
LOOK_S = 0.3
NOT_PASSED_ON = ("WANDB_", "EXECUTION_GAP_")  # other settings of wandb; the board's own secrets


class Failed(Exception):
    """The program was not there, ended with an error, or said nothing for minutes (code None)."""

    def __init__(self, code: int | None, errors: str = ""):
        super().__init__(f"ended with {code}")
        self.code, self.errors = code, errors


def answers(
    command: Sequence[object], question: object, waiting: Callable[[], object]
) -> Iterator[dict]:
    """What the program answers to the question on its standard input, line by line.

    `waiting` is called while it is silent; what that raises ends the program, as leaving does: it
    and all it started. Raises Failed.
    """
    with tempfile.TemporaryDirectory() as folder, Path(folder, "errors").open("w+b") as errors:
        process = _started(command, folder, errors)
        said: queue.Queue[bytes | None] = queue.Queue()
        listener = threading.Thread(target=_listen, args=(process, said), daemon=True)
        listener.start()
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(question).encode())
                process.stdin.close()
            yield from map(json.loads, _heard(said, waiting))
            if code := process.wait():
                errors.seek(0)
                raise Failed(code, errors.read()[-2000:].decode(errors="replace"))
        finally:
            _end(process)
            listener.join()


def _started(command: Sequence[object], folder: str, errors: object) -> subprocess.Popen:
    """The program, in a group of its own, quiet, with nothing of ours but what it is asked."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith(NOT_PASSED_ON)}
    quiet = {"WANDB_ERROR_REPORTING": "false", "WANDB_SILENT": "true"}
    places = {f"WANDB_{name}_DIR": folder for name in ("CACHE", "CONFIG", "DATA")}
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            env=ours | quiet | places | {"WANDB_DIR": folder},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    except OSError as error:
        raise Failed(None, str(error)) from None


def _listen(process: subprocess.Popen, said: queue.Queue) -> None:
    """Pass on every line, then None."""
    with process.stdout:
        for line in process.stdout:
            said.put(line)
    said.put(None)


def _heard(said: queue.Queue, waiting: Callable[[], object]) -> Iterator[bytes]:
    heard_at = time.monotonic()
    while True:
        try:
            line = said.get(timeout=LOOK_S)
        except queue.Empty:
            waiting()
            if time.monotonic() - heard_at > SILENT_S:
                raise Failed(None, "silent") from None
            continue
        if line is None:
            return
        heard_at = time.monotonic()
        yield line


def _end(process: subprocess.Popen) -> None:
    """End the program's whole group, whoever of it still lives."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with suppress(BrokenPipeError):
        process.stdin.close()
