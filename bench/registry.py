"""A stub of a large MLflow: every model has one version, and its run one metric of many points.

python -m bench.registry MODELS POINTS     prints the port it listens on
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

START_MS, EVERY_MS, PAGE = 1_700_000_000_000, 60_000, 1000
EXPERIMENT = {"experiment_id": "1", "name": "training", "tags": []}


def main(models: int, points: int) -> None:
    """Serve until killed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(models, points))
    print(server.server_port, flush=True)
    server.serve_forever()


def _handler(models: int, points: int) -> type[BaseHTTPRequestHandler]:
    history, runs = _history(points), [_run(number) for number in range(models)]
    lists = {
        "registered-models/search": ("registered_models", [_model(n) for n in range(models)]),
        "model-versions/search": ("model_versions", [_version(n) for n in range(models)]),
        "experiments/search": ("experiments", [EXPERIMENT]),
        "runs/search": ("runs", runs),
    }

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values for name, values in parse_qs(parts.query).items()}
            if "run_ids" in asked:
                points = b",".join(history.replace(b"RUN", i.encode()) for i in asked["run_ids"])
                return self._say(b'{"metrics":[%s]}' % points)
            return self._list(parts.path, int(asked.get("page_token", ["0"])[0]))

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            self._list(self.path, int(asked.get("page_token", 0)))

        def _list(self, path: str, start: int) -> None:
            name, every = lists[path.removeprefix("/api/2.0/mlflow/")]
            page = {name: every[start : start + PAGE]}
            more = {"next_page_token": str(start + PAGE)} if start + PAGE < len(every) else {}
            self._say(json.dumps(page | more).encode())

        def _say(self, content: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def _model(number: int) -> dict:
    tags = [{"key": "initiative_id", "value": f"P{number % 100:03}"}]
    aliases = [{"alias": "champion", "version": "1"}]
    return {"name": f"model-{number:05}", "tags": tags, "aliases": aliases}


def _version(number: int) -> dict:
    made = {"creation_timestamp": START_MS, "current_stage": "None"}
    return {"name": f"model-{number:05}", "version": "1", "run_id": f"{number:032x}", **made}


def _run(number: int) -> dict:
    info = {"run_id": f"{number:032x}", "experiment_id": "1", "status": "FINISHED"}
    times = {"start_time": START_MS, "end_time": START_MS + EVERY_MS}
    return {"info": info | times, "data": {"metrics": [{"key": "accuracy"}], "tags": []}}


def _history(points: int) -> bytes:
    """The points of a run as text without brackets, RUN where its id belongs."""
    said = (
        {
            "key": "accuracy",
            "value": round(0.5 + step / points / 2.1, 6),
            "timestamp": START_MS + step * EVERY_MS,
            "step": step,
            "run_id": "RUN",
        }
        for step in range(points)
    )
    return ", ".join(map(json.dumps, said)).encode()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
