"""Train, measure and retrain the reader of forms. Run by the Python that has MLflow.

python form_reader.py first             train it on the old scanner, put it into the pilot
python form_reader.py watch             measure it for ten weeks; in the eighth the scanner changes
python form_reader.py retrain COUNT     retrain it with COUNT forms of the new scanner
"""

import logging
import sys
import tempfile
import time
from pathlib import Path

import joblib
import numpy as np
from mlflow import MlflowClient
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

INITIATIVE, MODEL = "FORMS-1", "form-reader"
TRAINED_ON, A_WEEK, WEEKS, CHANGED_IN = 800, 99, 10, 8
FEWEST_NEW = 150
WEEK_MS = 7 * 86_400_000
logging.getLogger("mlflow").setLevel(logging.WARNING)
client = MlflowClient()


def new_scanner(pictures: np.ndarray) -> np.ndarray:
    """The same forms as the new scanner sees them: smeared to the right, and paler."""
    grid = pictures.reshape(-1, 8, 8)
    shifted = np.concatenate([np.zeros_like(grid[:, :, :1]), grid[:, :, :-1]], axis=2)
    return (0.9 * (grid + shifted) / 2).reshape(-1, 64)


def psi(before: np.ndarray, now: np.ndarray) -> float:
    """Population stability index of the ink per picture, by quintiles of what was trained on."""
    edges = np.quantile(before.mean(axis=1), (0.2, 0.4, 0.6, 0.8))
    shares = [
        np.bincount(np.searchsorted(edges, each.mean(axis=1)), minlength=5) / len(each)
        for each in (before, now)
    ]
    was, is_now = (np.clip(share, 0.001, None) for share in shares)
    return float(((is_now - was) * np.log(is_now / was)).sum())


def forms() -> tuple[np.ndarray, np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
    """Pictures and labels to train on, and those of each week as they were scanned then."""
    pictures, labels = load_digits(return_X_y=True)
    trained, others, known, rest = train_test_split(
        pictures, labels, train_size=TRAINED_ON, random_state=0, stratify=labels
    )
    weeks = [
        (others[start : start + A_WEEK], rest[start : start + A_WEEK])
        for start in range(0, WEEKS * A_WEEK, A_WEEK)
    ]
    for week in range(CHANGED_IN - 1, WEEKS):
        weeks[week] = new_scanner(weeks[week][0]), weeks[week][1]
    return trained, known, weeks


def fitted(pictures: np.ndarray, labels: np.ndarray) -> LogisticRegression:
    """A model that is really trained."""
    return LogisticRegression(max_iter=2_000).fit(pictures / 16, labels)


def accuracy(model: LogisticRegression, pictures: np.ndarray, labels: np.ndarray) -> float:
    return float(accuracy_score(labels, model.predict(pictures / 16)))


def now_ms() -> int:
    return int(time.time() * 1000)


def experiment(name: str) -> str:
    found = client.get_experiment_by_name(name)
    if found:
        return found.experiment_id
    return client.create_experiment(name, tags={"initiative_id": INITIATIVE})


def registered(run_id: str, model: LogisticRegression) -> str:
    """A new version of the model, from the file its run keeps."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.joblib"
        joblib.dump(model, path)
        client.log_artifact(run_id, str(path), "model")
    source = f"{client.get_run(run_id).info.artifact_uri}/model"
    return client.create_model_version(MODEL, source, run_id).version


def load(version: str) -> LogisticRegression:
    """A version of the model, from the registry."""
    run_id = client.get_model_version(MODEL, version).run_id
    return joblib.load(client.download_artifacts(run_id, "model/model.joblib"))


def first() -> None:
    trained, known, _ = forms()
    begun_ms = now_ms() - (WEEKS + 1) * WEEK_MS
    run = client.create_run(experiment("training"), start_time=begun_ms)
    client.create_registered_model(MODEL, tags={"initiative_id": INITIATIVE})
    version = registered(run.info.run_id, fitted(trained, known))
    client.set_terminated(run.info.run_id, end_time=begun_ms + 60_000)
    client.set_registered_model_alias(MODEL, "challenger", version)
    print(f"Trained on {len(trained)} forms: version {version}, in the pilot.")


def watch() -> None:
    """Measure version 1 on the forms of each week; the last one ended yesterday."""
    trained, _, weeks = forms()
    model, tags = load("1"), {"model": MODEL, "model_version": "1"}
    begun_ms = now_ms() - WEEKS * WEEK_MS - WEEK_MS // 7
    run = client.create_run(experiment("monitoring"), start_time=begun_ms, tags=tags)
    for week, (pictures, labels) in enumerate(weeks, 1):
        found = {"accuracy": accuracy(model, pictures, labels), "input_psi": psi(trained, pictures)}
        for metric, value in found.items():
            client.log_metric(run.info.run_id, metric, value, begun_ms + week * WEEK_MS, week)
        print(f"Week {week}: " + ", ".join(f"{name} {value:.2f}" for name, value in found.items()))
    client.set_terminated(run.info.run_id)


def retrain(count: int) -> None:
    """Retrain with forms of the new scanner; promote the version if it reads the last week better.

    The last week is not among those trained on. From now on the input is compared with that of the
    new scanner, as no other comes any more. Too few new forms end the run in failure.
    """
    trained, known, weeks = forms()
    pictures, labels = (
        np.concatenate([weeks[week][part] for week in range(CHANGED_IN - 1, WEEKS - 1)])[:count]
        for part in (0, 1)
    )
    tags = {"kind": "retrain", "model": MODEL}
    run = client.create_run(experiment("retraining"), tags=tags)
    if len(pictures) < FEWEST_NEW:
        client.set_terminated(run.info.run_id, "FAILED")
        raise SystemExit(f"{len(pictures)} forms of the new scanner are too few: {FEWEST_NEW} are")
    all_pictures = np.concatenate([trained, pictures])
    model = fitted(all_pictures, np.concatenate([known, labels]))
    now, before = accuracy(model, *weeks[-1]), accuracy(load("1"), *weeks[-1])
    client.log_metric(run.info.run_id, "accuracy", now)
    client.log_metric(run.info.run_id, "input_psi", psi(pictures, weeks[-1][0]))
    version = registered(run.info.run_id, model)
    client.set_terminated(run.info.run_id)
    if now > before:
        client.set_registered_model_alias(MODEL, "champion", version)
        client.delete_registered_model_alias(MODEL, "challenger")
    print(f"Version {version} reads {now:.1%} of the last week, version 1 {before:.1%}.")


if __name__ == "__main__":
    {"first": first, "watch": watch}.get(sys.argv[1], lambda: retrain(int(sys.argv[2])))()
