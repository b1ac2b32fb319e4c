"""Ask another Python for the runs in a folder of logs, or of a project of the service."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.connectors.http import REFUSED, Http, Page, Settings
from data.connectors.moments import moment_of, text_of
from data.connectors.wandb.aside import Failed, answers
from data.errors import ConnectorError
from data.progress import Progress

CHILD = Path(__file__).with_name("child.py")
PATIENCE = timedelta(days=30)
ENDED = {"finished", "failed", "crashed", "killed", "preempted"}
SECTION = "[connectors.wandb] in secrets.toml"
MISUSED = 2  # how a program ends that does not know its own options


def fetch(settings: Settings, mark: str | None, http: Http) -> tuple[list[Page], str | None]:
    """The runs since the mark, with their histories. Raises ConnectorError.

    Of logs the mark is when the last one read was written; of the service, when the oldest run
    that had not ended was created (waited for up to 30 days), else the newest.
    """
    read = _logs if settings.get("log_dir") else _served
    records, mark = read(settings, mark, http.tell)
    asked_at = {"asked_at": text_of(datetime.now(UTC).replace(tzinfo=None))}
    return [asked_at | record for record in records], mark


def _logs(settings: Settings, mark: str | None, tell: Progress) -> tuple[list[Page], str | None]:
    folder = Path(str(settings["log_dir"]))
    if not folder.is_dir():
        raise _error(f"there is no folder {folder}; check log_dir in {SECTION}")
    written = {path.resolve(): path.stat().st_mtime for path in folder.rglob("run-*.wandb")}
    fresh = sorted(path for path, at in written.items() if at >= float(mark or 0))
    records = []
    for number, path in enumerate(fresh):
        share = number / len(fresh)
        says = f"Reading {path.name}"
        tell(share, says)
        records.append(_log(settings, path, lambda share=share, says=says: tell(share, says)))
    return records, str(max(written.values(), default=float(mark or 0)))


def _log(settings: Settings, path: Path, waiting: Callable[[], object]) -> Page:
    """One log as `wandb leet inspect` reads it; without a run when it cannot be read."""
    record: Page = {"log": path.name, "history": []}
    try:
        for line in answers(
            [_python(settings), "-I", "-m", "wandb", "leet", "inspect", "--json", path],
            None,
            waiting,
        ):
            match line:
                case {"type": "run", "run": dict(run)}:
                    record["run"] = run
                case {"type": "history", "history": {"item": dict(item)}}:
                    record["history"].append(item)
                case {"type": "exit", "exit": dict(end)}:
                    record["exit"] = end
    except Failed as failed:
        if failed.code is None or failed.code == MISUSED or "No module named" in failed.errors:
            raise _unusable(settings, failed) from None
        record.pop("run", None)
    return record


def _served(settings: Settings, mark: str | None, tell: Progress) -> tuple[list[Page], str | None]:
    question = {key: settings.get(key) for key in ("url", "api_key", "entity", "project")}
    if not settings.get("project"):
        raise _error(f"no project is named; add project to {SECTION}")
    question |= {"since": mark, "metrics": list(settings.get("metrics") or [])}
    records: list[Page] = []

    def waiting() -> None:
        tell(0.5, f"Reading runs from Weights & Biases, {len(records)} so far")

    try:
        for answer in answers([_python(settings), "-I", CHILD], question, waiting):
            if "fault" in answer:
                raise _fault(settings, answer)
            records.append(answer)
            waiting()
    except Failed as failed:
        raise _unusable(settings, failed) from None
    return records, _next_mark(records, mark)


def _next_mark(records: list[Page], mark: str | None) -> str | None:
    now = datetime.now(UTC).replace(tzinfo=None)
    created = [
        (moment, record["state"] in ENDED)
        for record in records
        if (moment := moment_of(record["created_at"])) and moment <= now
    ]
    if not created:
        return mark
    newest = max(moment for moment, _ in created)
    waiting = [moment for moment, has_ended in created if not has_ended]
    return text_of(max(min([*waiting, newest]), newest - PATIENCE))


def _fault(settings: Settings, answer: Page) -> ConnectorError:
    where = str(settings.get("url") or "the service")
    match answer:
        case {"fault": "missing"}:
            return _unusable(settings, Failed(1, "No module named wandb"))
        case {"status": status} if status in REFUSED:
            return _error(f"{where} refused the credentials ({status}); check {SECTION}")
        case {"status": status}:
            return _error(f"{where} answered with error {status}; check url in {SECTION}")
        case {"fault": "silent"}:
            return _error(
                f"{where} cannot be reached or is too busy; see that it runs and that url in "
                "secrets.toml is right, or pull again later"
            )
        case _:
            return _error(f"{where} says: {answer['says']} Check {SECTION}")


def _unusable(settings: Settings, failed: Failed) -> ConnectorError:
    python = _python(settings)
    if failed.errors == "silent":
        return _error("wandb said nothing for minutes; pull again later")
    if failed.code == MISUSED:
        return _error(f"the wandb of {python} is too old; install wandb==0.31.0 or newer there")
    if failed.code is None:
        return _error(f"there is no Python at {python}; check python in {SECTION}")
    return _error(
        f"{python} has no wandb; install wandb==0.31.0 there, or name another Python as python in "
        f"{SECTION}"
    )


def _python(settings: Settings) -> str:
    return str(settings.get("python") or sys.executable)


def _error(says: str) -> ConnectorError:
    return ConnectorError(f"wandb: {says}")
