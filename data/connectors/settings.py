"""Which platforms are turned on, and how they are reached: from secrets.toml or the environment.

    [connectors]                            EXECUTION_GAP_CONNECTORS_EVERY_MINUTES=30
    every_minutes = 30
    [connectors.mlflow]                     EXECUTION_GAP_MLFLOW_URL=https://…
    url = "https://mlflow.example.org"

The environment goes before the file. Values never show: not in a repr, a message, a log, a batch.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from data.errors import ConnectorError

PREFIX = "EXECUTION_GAP_"
HIDDEN = "…"
SECRET = ("password", "token", "api_key")


@dataclass(frozen=True)
class Source:
    """A platform: its name on screen, what the board takes from it, and the keys of its section.

    A value is a text unless its key stands in `lists` or `maps`. One of each of `needed` must be
    there; `example` is a section as one would write it.
    """

    label: str
    takes: str
    needed: tuple[tuple[str, ...], ...]
    example: str
    others: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key its section may have."""
        needed = (key for keys in self.needed for key in keys)
        return tuple(dict.fromkeys([*needed, *self.others, *self.lists, *self.maps]))


SOURCES = {
    "mlflow": Source(
        "MLflow",
        "registered models, versions and their aliases → deployment status and model versioning; "
        "logged metrics → model metrics; retraining runs",
        (("url",),),
        'url = "https://mlflow.example.org"\nusername = "dashboard"\npassword = "…"\n'
        'metrics = ["accuracy", "latency_ms"]',
        ("username", "password", "token"),
        lists=("metrics",),
        maps=("aliases",),
    ),
    "airflow": Source(
        "Apache Airflow",
        "DAG runs: schedule, last success, success rate → data pipelines, automated retraining",
        (("url",), ("token", "password")),
        'url = "https://airflow.example.org"\nusername = "dashboard"\npassword = "…"',
        ("username", "tag"),
    ),
    "kubeflow": Source(
        "Kubeflow Pipelines",
        "pipeline runs: last success, success rate → automated retraining, deployment pipelines",
        (("url",),),
        'url = "https://kubeflow.example.org/pipeline"\ntoken = "…"\nnamespace = "models"',
        ("token", "namespace"),
        maps=("map",),
    ),
    "wandb": Source(
        "Weights & Biases",
        "run histories → model metrics; retraining runs",
        (("api_key", "log_dir"),),
        'api_key = "…"\nentity = "our-team"\nproject = "churn"\nmetrics = ["accuracy"]',
        ("entity", "project", "url", "python"),
        lists=("metrics",),
    ),
    "prometheus": Source(
        "Prometheus",
        "is the live model answering, how fast, how often wrong → service metrics",
        (("url",),),
        'url = "https://prometheus.example.org"\n[connectors.prometheus.queries]\n'
        'error_rate = "sum by (initiative_id, model, version) (rate(errors_total[1h]))"',
        ("token", "username", "password"),
        maps=("queries",),
    ),
}


@dataclass(frozen=True, eq=False)
class Settings(Mapping):
    """The section of one platform, read like a dict. Its values never show."""

    name: str
    said: Mapping[str, object] = field(repr=False)

    def __getitem__(self, key: str) -> object:
        return self.said[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.said)

    def __len__(self) -> int:
        return len(self.said)

    def without_secrets(self, text: str) -> str:
        """A text in which no secret of this platform can be read."""
        for key in SECRET:
            secret = str(self.said.get(key) or "")
            text = text.replace(secret, HIDDEN) if secret else text
        return text

    def fingerprint(self) -> str:
        """Changes when something else is to be read; the credentials do not count."""
        open_ = sorted((key, str(value)) for key, value in self.items() if key not in SECRET)
        return sha256(repr(open_).encode()).hexdigest()


def of(name: str) -> Settings | None:
    """The settings of one platform; None when it is off, which is when nothing is said of it.

    Raises ConnectorError for an unknown platform, and for a key that is unknown, missing or of the
    wrong kind.
    """
    if name not in SOURCES:
        raise ConnectorError(f"There is no connector {name}: name one of {', '.join(SOURCES)}.")
    values = {**_section(_file().get(name, {}), name), **_from_environment(name)}
    if not values:
        return None
    _check(name, values)
    return Settings(name, values)


def nobody_knows() -> list[str]:
    """What stands in [connectors] and is neither a platform nor a setting, each as one sentence.

    Raises ConnectorError for a file that cannot be read.
    """
    return [
        f"[connectors] has a key {key} nobody knows, and nothing comes of it: it may have "
        f"every_minutes and the sections {', '.join(SOURCES)}."
        for key in _file()
        if key not in (*SOURCES, "every_minutes")
    ]


def every_minutes() -> float | None:
    """How often to pull in the background; None when nobody asked for it."""
    said = os.environ.get(f"{PREFIX}CONNECTORS_EVERY_MINUTES") or _file().get("every_minutes")
    if said is None:
        return None
    try:
        minutes = float(said)
    except (TypeError, ValueError):
        minutes = 0.0
    if not 1 <= minutes < 100_000:
        raise ConnectorError("every_minutes in [connectors] must be a number of minutes from 1 on.")
    return minutes


def file_path() -> Path:
    """Where the secrets are: `EXECUTION_GAP_SECRETS`, else .streamlit/secrets.toml."""
    usual = Path(__file__).parents[2] / ".streamlit" / "secrets.toml"
    return Path(os.environ.get(f"{PREFIX}SECRETS") or usual)


def _file() -> dict:
    try:
        found = tomllib.loads(file_path().read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        # The error's own text may quote the line, and so a secret.
        place = re.search(r"at line \d+, column \d+", str(error))
        where = place[0] if place else type(error).__name__
        raise ConnectorError(
            f"{file_path()} cannot be read as TOML ({where}): mend its syntax; every text "
            "stands in quotes."
        ) from None
    return _section(found.get("connectors", {}), "")


def _section(found: object, name: str) -> dict:
    if not isinstance(found, dict):
        raise ConnectorError(f"{_title(name)} in secrets.toml must be a section of its own.")
    return found


def _from_environment(name: str) -> dict[str, object]:
    prefix = f"{PREFIX}{name.upper()}_"
    found: dict[str, object] = {
        key.removeprefix(prefix).lower(): value
        for key, value in os.environ.items()
        if key.startswith(prefix) and value
    }
    for key in set(SOURCES[name].lists) & set(found):
        found[key] = [part.strip() for part in str(found[key]).split(",") if part.strip()]
    return found


def _check(name: str, values: Mapping[str, object]) -> None:
    source, title = SOURCES[name], _title(name)
    for key in set(values) - set(source.keys):
        raise ConnectorError(
            f"{title} has a key {key} nobody knows: it may have {', '.join(source.keys)}."
        )
    for keys in source.needed:
        if not any(values.get(key) for key in keys):
            raise ConnectorError(f"{title} has no {' or '.join(keys)}: add it to secrets.toml.")
    for key, value in values.items():
        if not _is_of_its_kind(source, key, value):
            kind = "a list of texts" if key in source.lists else "texts by name"
            kind = kind if key in (*source.lists, *source.maps) else "a text in quotes"
            raise ConnectorError(f"{key} in {title} must be {kind}.")
    if bool(values.get("username")) != bool(values.get("password")):
        raise ConnectorError(f"{title} must have both a username and a password, or neither.")
    _check_url(title, values.get("url"))


def _is_of_its_kind(source: Source, key: str, value: object) -> bool:
    if key in source.lists:
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    if key in source.maps:
        return isinstance(value, dict) and all(isinstance(part, str) for part in value.values())
    return isinstance(value, str)


def _check_url(title: str, url: object) -> None:
    if not url:
        return
    try:
        parts = urlsplit(str(url))
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        has_user = parts.username is not None
    except ValueError:
        is_usable, has_user = False, False
    if has_user:
        raise ConnectorError(
            f"The url in {title} holds credentials: put them into username and password."
        )
    if not is_usable:
        raise ConnectorError(f"The url in {title} must begin with http:// or https://.")


def _title(name: str) -> str:
    return f"[connectors.{name}]" if name else "[connectors]"
