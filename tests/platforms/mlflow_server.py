"""A real MLflow server with names and passwords, and the few things tests do there."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests

from platforms.running import answers, environment, free_port, running, until

ADMIN, READER = ("admin", "password-of-admin"), ("dashboard", "password-of-reader")
AUTH = """
[mlflow]
default_permission = READ
database_uri = sqlite:///{folder}/users.db
admin_username = admin
admin_password = {password}
authorization_function = mlflow.server.auth:authenticate_request_basic_auth
auth_cache_ttl_seconds = 300
"""


class Mlflow:
    """The server at an address, worked with as its administrator."""

    def __init__(self, url: str):
        self.url = url
        self.session = requests.Session()
        self.session.auth = ADMIN

    @property
    def settings(self) -> dict[str, str]:
        """How a board with a reader's account is told of it."""
        return {"url": self.url, "username": READER[0], "password": READER[1]}

    def ask(self, method: str, path: str, **body: object) -> dict:
        """The answer to a call of its REST API."""
        said = self.session.request(method, f"{self.url}/api/2.0/mlflow/{path}", json=body)
        assert said.ok, f"{path}: {said.status_code} {said.text}"
        return said.json()

    def add_reader(self) -> None:
        name, password = READER
        self.ask("POST", "users/create", username=name, password=password)

    def experiment(self, name: str, **tags: str) -> str:
        made = self.ask("POST", "experiments/create", name=name, tags=_tags(tags))
        return made["experiment_id"]

    def run(
        self,
        experiment_id: str,
        start_ms: int,
        end_ms: int | None = None,
        status: str = "FINISHED",
        **tags: str,
    ) -> dict:
        """A run that has ended, or still runs without an end."""
        about = {"experiment_id": experiment_id, "start_time": start_ms, "tags": _tags(tags)}
        run = self.ask("POST", "runs/create", **about)["run"]["info"]
        if end_ms:
            self.end(run, end_ms, status)
        return run

    def end(self, run: Mapping, end_ms: int, status: str = "FINISHED") -> None:
        self.ask("POST", "runs/update", run_id=run["run_id"], status=status, end_time=end_ms)

    def log(self, run: Mapping, metric: str, values: list, start_ms: int, every_ms: int) -> None:
        """Values of a metric, one step each, as many calls as it takes."""
        logged = [
            {"key": metric, "value": value, "timestamp": start_ms + step * every_ms, "step": step}
            for step, value in enumerate(values)
        ]
        for start in range(0, len(logged), 1000):
            some = logged[start : start + 1000]
            self.ask("POST", "runs/log-batch", run_id=run["run_id"], metrics=some)

    def model(self, name: str, **tags: str) -> None:
        self.ask("POST", "registered-models/create", name=name, tags=_tags(tags))

    def version(self, model: str, run: Mapping) -> str:
        """A version of a model that comes from a run."""
        source = f"{run['artifact_uri']}/model"
        made = self.ask(
            "POST", "model-versions/create", name=model, source=source, run_id=run["run_id"]
        )
        return made["model_version"]["version"]

    def alias(self, model: str, alias: str, version: str) -> None:
        self.ask("POST", "registered-models/alias", name=model, alias=alias, version=version)


def _tags(tags: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in tags.items()]


@contextmanager
def serving(folder: Path) -> Iterator[Mlflow]:
    """A new MLflow with an administrator and a reader, its data in the folder."""
    program, port = environment("mlflow") / "bin" / "mlflow", free_port()
    (folder / "auth.ini").write_text(AUTH.format(folder=folder, password=ADMIN[1]))
    settings = {
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        "MLFLOW_AUTH_CONFIG_PATH": str(folder / "auth.ini"),
        "MLFLOW_FLASK_SERVER_SECRET_KEY": "for-tests",
    }
    command = (
        *(program, "server", "--host", "127.0.0.1", "--port", port, "--workers", 1),
        *("--app-name", "basic-auth", "--backend-store-uri", f"sqlite:///{folder}/mlflow.db"),
        *("--artifacts-destination", folder / "artifacts"),
    )
    with running(command, folder, settings, "mlflow") as process:
        server = Mlflow(f"http://127.0.0.1:{port}")
        until(lambda: answers(f"{server.url}/health", process), "starting MLflow")
        server.add_reader()
        yield server
