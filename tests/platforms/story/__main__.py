"""Play the story on this machine, and open the board on it. Ctrl-C ends everything it started.

python -m platforms.story [--once]    --once: end when the second pull is stored
"""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from platforms import airflow_server, build, mlflow_server
from platforms.airflow_server import Airflow
from platforms.mlflow_server import Mlflow
from platforms.running import free_port, running, until
from platforms.story.files import files

ROOT = Path(__file__).parents[3]
INSIDE = ROOT / "tests" / "platforms" / "inside"
DAG = "retrain_form_reader"
TRAINING = (str(build.PLACE / "mlflow" / "bin" / "python"), str(INSIDE / "form_reader.py"))
BOARD = ("-m", "streamlit", "run", "serve.py", "--server.address", "127.0.0.1", "--server.port")


def main(arguments: list[str]) -> None:
    """The whole loop: a file, a pull, drift, a retraining, a promotion, another pull."""
    missing = [name for name in ("mlflow", "airflow") if not build.is_built(name)]
    if missing:
        raise SystemExit(f"{' and '.join(missing)} not built yet: run make demo-platforms.")
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="execution-gap-story-"))
        mlflow, airflow, settings = stack.enter_context(stage(Path(home)))
        play(Path(home), airflow, settings)
        if "--once" not in arguments:
            open_board(Path(home), settings, mlflow.url, airflow.url)


@contextmanager
def stage(folder: Path) -> Iterator[tuple[Mlflow, Airflow, dict[str, str]]]:
    """Both platforms, running in the folder, and the settings of a board that reads them."""
    for name in ("mlflow", "airflow"):
        (folder / name).mkdir()
    say("Starting MLflow and Airflow on 127.0.0.1 (half a minute) …")
    with ExitStack() as stack:
        mlflow = stack.enter_context(mlflow_server.serving(folder / "mlflow"))
        as_trainer = {
            "MLFLOW_TRACKING_URI": mlflow.url,
            "MLFLOW_TRACKING_USERNAME": mlflow_server.ADMIN[0],
            "MLFLOW_TRACKING_PASSWORD": mlflow_server.ADMIN[1],
            "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
            "STORY_TRAINING": shlex.join(TRAINING),
        }
        stack.enter_context(patch.dict(os.environ, as_trainer))
        dag = (INSIDE / "form_reader_dag.py").read_text()
        airflow = stack.enter_context(airflow_server.serving(folder / "airflow", dag))
        until(lambda: airflow.knows(DAG), "reading the DAG")
        told = {"MLFLOW": mlflow.settings, "AIRFLOW": airflow.settings}
        yield mlflow, airflow, board_settings(folder, told)


def play(folder: Path, airflow: Airflow, settings: dict[str, str]) -> None:
    """The story itself, told as it happens."""
    say(
        "An analyst brings what no platform knows: the initiative, its costs, when a metric is bad."
    )
    today = datetime.now(UTC).date()
    for table, text in files(today).items():
        path = folder / f"{table}.csv"
        path.write_text(text)
        words = ("import", str(path), "--as", table, "--as-of", f"{today}")
        board("data", *words, settings=settings)
    say("A model is trained, put into the pilot, and watched for ten weeks.")
    train("first")
    train("watch")
    board("data", "pull", settings=settings)
    say("Its input has drifted. A DAG retrains it: too early it fails, then it succeeds.")
    for count in (99, 198):
        run_id = airflow.finish(DAG, count=count)
        print(f"{DAG} with {count} new forms: {airflow.state(DAG, run_id)}")
    say("The board pulls both platforms again.")
    board("data", "pull", settings=settings)


def board_settings(folder: Path, told: dict[str, dict[str, str]]) -> dict[str, str]:
    """A store of the story's own, and both platforms turned on, with readers' accounts."""
    accounts = {
        f"EXECUTION_GAP_{name}_{key.upper()}": value
        for name, settings in told.items()
        for key, value in settings.items()
    }
    return accounts | {
        "EXECUTION_GAP_STORE": str(folder / "story.duckdb"),
        "EXECUTION_GAP_SECRETS": str(folder / "none.toml"),
        "EXECUTION_GAP_CONNECTORS_EVERY_MINUTES": "5",
    }


def train(act: str) -> None:
    subprocess.run([*TRAINING, act], check=True)


def board(*words: str, settings: dict[str, str]) -> None:
    """A command of the board's, on the story's store."""
    said = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
    )
    if said.returncode:
        raise SystemExit(said.stdout + said.stderr)
    print(said.stdout.strip().splitlines()[-2] if "import" in words else said.stdout.strip())


def open_board(folder: Path, settings: dict[str, str], *urls: str) -> None:
    """The board on the story's store, until Ctrl-C."""
    port = free_port()
    with running([sys.executable, *BOARD, port], ROOT, settings, f"{folder}/board") as process:
        page = f"http://127.0.0.1:{port}/initiative?initiative_id=FORMS-1"
        say(f"Open {page} and then Sources, Connectors.")
        names = " and ".join(urls)
        reader, password = mlflow_server.READER
        print(f"MLflow and Airflow: {names}, as {reader} with {password}. Ctrl-C ends everything.")
        process.wait()


def say(words: str) -> None:
    print(f"\n{words}", flush=True)


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        say("Ended.")
