"""A real Airflow: API server, scheduler and DAG processor, and the few things tests do there."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

from platforms.running import answers, environment, free_port, running, until

ADMIN, READER = ("admin", "password-of-admin"), ("dashboard", "password-of-reader")
SECRET = "a-secret-that-all-processes-of-this-test-share-and-nobody-else-knows"
DONE = {"success", "failed"}


class Airflow:
    """The server at an address, worked with as its administrator."""

    def __init__(self, url: str):
        self.url = url
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {self.token(*ADMIN)}"

    @property
    def settings(self) -> dict[str, str]:
        """How a board with a reader's account is told of it."""
        return {"url": self.url, "username": READER[0], "password": READER[1]}

    def token(self, username: str, password: str) -> str:
        account = {"username": username, "password": password}
        said = requests.post(f"{self.url}/auth/token", json=account)
        assert said.status_code == 201, said.text
        return said.json()["access_token"]

    def ask(self, method: str, path: str, body: dict | None = None) -> dict:
        """The answer to a call of its REST API."""
        said = self.session.request(method, f"{self.url}/api/v2/{path}", json=body)
        assert said.ok, f"{path}: {said.status_code} {said.text}"
        return said.json()

    def knows(self, dag_id: str) -> bool:
        """Whether the DAG processor has read the DAG."""
        return self.session.get(f"{self.url}/api/v2/dags/{dag_id}").ok

    def trigger(self, dag_id: str, **conf: object) -> str:
        """Start a run now; returns its id."""
        run = self.ask("POST", f"dags/{dag_id}/dagRuns", {"logical_date": None, "conf": conf})
        return run["dag_run_id"]

    def state(self, dag_id: str, run_id: str) -> str:
        return self.ask("GET", f"dags/{dag_id}/dagRuns/{run_id}")["state"]

    def finish(self, dag_id: str, **conf: object) -> str:
        """A run that is started and waited for; returns its id."""
        run_id = self.trigger(dag_id, **conf)
        until(lambda: self.state(dag_id, run_id) in DONE, f"running {dag_id}")
        return run_id


@contextmanager
def serving(folder: Path, dags: str, page_limit: int = 100) -> Iterator[Airflow]:
    """A new Airflow that has read the DAGs in this text, its data in the folder."""
    home, port = environment("airflow"), free_port()
    (folder / "dags").mkdir()
    (folder / "dags" / "dags.py").write_text(dags)
    (folder / "passwords.json").write_text(json.dumps(dict((ADMIN, READER))))
    url = f"http://127.0.0.1:{port}"
    settings = _settings(folder, url, page_limit) | {"PATH": f"{home}/bin:{os.environ['PATH']}"}
    program = home / "bin" / "airflow"
    subprocess.run(
        [program, "db", "migrate"],
        env=os.environ | settings,
        cwd=folder,
        check=True,
        capture_output=True,
    )
    with ExitStack() as stack:

        def start(name: str, *options: object) -> subprocess.Popen:
            command = (program, name, *options)
            return stack.enter_context(running(command, folder, settings, name))

        server = start("api-server", "--host", "127.0.0.1", "--port", port)
        start("scheduler", "--skip-serve-logs")
        start("dag-processor")
        until(lambda: answers(f"{url}/api/v2/version", server), "starting Airflow")
        yield Airflow(url)


def _settings(folder: Path, url: str, page_limit: int) -> dict[str, str]:
    said = {
        "API__BASE_URL": url,
        "API__HOST": "127.0.0.1",
        "API__MAXIMUM_PAGE_LIMIT": page_limit,
        "API__SECRET_KEY": SECRET,
        "API__WORKERS": 1,
        "API_AUTH__JWT_SECRET": SECRET,
        "CORE__AUTH_MANAGER": (
            "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager"
        ),
        "CORE__DAGS_ARE_PAUSED_AT_CREATION": False,
        "CORE__DAGS_FOLDER": folder / "dags",
        "CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "CORE__LOAD_EXAMPLES": False,
        "CORE__PARALLELISM": 2,
        "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": folder / "passwords.json",
        "CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin,dashboard:viewer",
        "DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder}/airflow.db",
        "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": 0.2,
        "USAGE_DATA_COLLECTION__ENABLED": False,
    }
    return {"AIRFLOW_HOME": str(folder)} | {
        f"AIRFLOW__{name}": str(value) for name, value in said.items()
    }
