"""Run by a Python that has wandb, never imported: a project's runs, one line of JSON each.

    python -I wandb_child.py < question.json

wandb starts a process of its own, so it stays out of the board's. What goes wrong is a line too.
"""

import json
import os
import ssl
import sys
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import urlopen

STEPS = 1000
"""Steps of a history asked for; Weights & Biases thins out what is longer, evenly."""

REACHED_S, BUSY_S = 8, 90
"""How long the service may take to answer at all, and how long it may say that it is busy."""


def main() -> None:
    """Answer the question on standard input."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever wandb prints goes elsewhere
    try:
        for run in runs(json.load(sys.stdin)):
            print(json.dumps(run), file=answers, flush=True)
    except ImportError:
        print(json.dumps({"fault": "missing"}), file=answers, flush=True)
    except Exception as error:
        print(json.dumps(fault(error)), file=answers, flush=True)


def runs(question: dict) -> Iterator[dict]:
    """The runs of the projects created since a moment, oldest first, one after the other."""
    import wandb

    url = question["url"] or wandb.setup().settings.base_url
    if not is_reached(url):
        yield {"fault": "silent", "url": url}
        return
    api = wandb.Api({"base_url": url}, timeout=BUSY_S, api_key=question["api_key"])
    path = f"{question['entity'] or api.default_entity}/{question['project']}"
    filters = {"createdAt": {"$gte": question["since"]}} if question["since"] else {}
    for run in api.runs(path, filters):
        yield {
            "project": path,
            "id": run.id,
            "name": run.name,
            "tags": run.tags,
            "job_type": run.job_type,
            "state": run.state,
            "created_at": run.created_at,
            "heartbeat_at": run.heartbeat_at,
            "url": run.url,
            "count_steps": run.history_line_count,
            "history": history(run, question["metrics"]),
        }


def is_reached(url: str) -> bool:
    """Whether anybody answers there, whatever they say; wandb would try for long to find out."""
    try:
        urlopen(url, timeout=REACHED_S).close()
    except HTTPError:
        return True
    except OSError as error:
        return isinstance(getattr(error, "reason", None), ssl.SSLError)  # wandb knows what to trust
    return True


def history(run: object, metrics: list[str]) -> list[dict]:
    """The steps of a run with their moment; metrics that are named are thinned out each alone."""
    if not metrics:
        return run.history(samples=STEPS, pandas=False)
    steps = []
    for metric in metrics:
        steps += run.history(samples=STEPS, keys=[metric, "_timestamp"], pandas=False)
    return steps


def fault(error: BaseException | None) -> dict:
    """What went wrong: the status of an answer, no answer, or what wandb says of it."""
    said, seen, is_silent = str(error), set(), False
    while error and id(error) not in seen:
        seen.add(id(error))
        response = getattr(error, "response", None)
        if status := getattr(response, "http_status", None):
            return {"fault": "answer", "status": status}
        is_silent = is_silent or type(error).__name__ == "WandbApiFailedError"
        error = getattr(error, "exc", None) or error.__cause__
    return {"fault": "silent" if is_silent else "other", "says": f"{said.rstrip('.')}."}


if __name__ == "__main__":
    main()
