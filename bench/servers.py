"""Servers to measure: started on a free port, asked over HTTP, ended when done."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE_S = 60


class Server:
    """A Streamlit server of its own process. Close it, or use it as a context manager."""

    def __init__(self, *what: str, store: Path, with_api: bool = False):
        """Start `streamlit <what>` on the store at that path, and wait for nothing."""
        self.port = _free_port()
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", *what),
                *("--server.port", str(self.port), "--server.headless", "true"),
                *("--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"),
                *("--server.enableAgentApi", str(with_api).lower()),
            ],
            cwd=ROOT,
            env={**os.environ, "EXECUTION_GAP_STORE": str(store)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE_S)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def age_s(self) -> float:
        """Seconds since its process was started."""
        return time.perf_counter() - self.started

    def wait(self) -> "Server":
        """Wait until it answers."""
        while self.age_s < PATIENCE_S:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health"):
                    return self
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
        raise TimeoutError(f"no server at {self.url} after {PATIENCE_S} s")

    def run_page(self, reader: str | None = None) -> str:
        """Run the page from top to bottom, for a new reader or again for one; who it was."""
        body = json.dumps({"session_id": reader} if reader else {}).encode()
        request = urllib.request.Request(
            f"{self.url}/_stcore/agent/interact", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as response:
            return json.load(response)["session_id"]

    def memory_mb(self) -> float | None:
        """Its resident memory; None where the system does not tell."""
        status = Path(f"/proc/{self._process.pid}/status")
        if not status.exists():
            return None
        [kilobytes] = [
            line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS")
        ]
        return int(kilobytes) / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
