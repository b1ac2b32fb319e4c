"""Pull from the command line, for cron: the store is open only before and after the network."""

import json
import sys
from pathlib import Path

from data.access import LOCAL_OWNER
from data.connectors import pulling, settings
from data.connectors.pulling import Outcome
from data.errors import ConnectorError, DataError, StoreError, StoreLocked
from data.rehearsal import WAYS
from data.store import Store


def pull(path: Path, name: str | None, is_rehearsal: bool, as_json: bool) -> int:
    """Pull one platform or all that are on and print what came; 1 if one failed, else 0.

    Raises StoreError when the store cannot be used, ConnectorError when nothing is turned on and
    when the file with the settings cannot be read.
    """
    _say_strays()
    names = [name] if name else pulling.turned_on()
    if not names:
        raise ConnectorError(
            "No platform is turned on: add [connectors.NAME] to .streamlit/secrets.toml; "
            "the board's page Sources, Connectors says how."
        )
    outcomes = [_pulled(path, each, is_rehearsal) for each in names]
    if as_json:
        print(json.dumps([_as_dict(each) for each in outcomes], ensure_ascii=False, indent=2))
    else:
        for outcome in outcomes:
            print(_in_words(outcome))
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def _say_strays() -> None:
    """What stands in the settings for nothing, beside what was asked for."""
    for says in settings.nobody_knows():
        print(says, file=sys.stderr)


def _pulled(path: Path, name: str, is_rehearsal: bool) -> Outcome:
    started_at = pulling.now()
    try:
        with _opened(path) as store:
            begun = pulling.begin(store, name)
        got = pulling.read(begun)
        with _opened(path) as store:
            end = pulling.rehearse if is_rehearsal else pulling.keep
            return end(store, LOCAL_OWNER, got)
    except StoreError:
        raise
    except DataError as error:
        with _opened(path) as store:
            return pulling.failed(store, LOCAL_OWNER, name, started_at, error, is_rehearsal)


def _opened(path: Path) -> Store:
    try:
        return Store(path)
    except StoreLocked as error:
        raise StoreLocked(
            f"{error} A board that runs can pull by itself: every_minutes under [connectors] in "
            "secrets.toml."
        ) from None


def _in_words(outcome: Outcome) -> str:
    if outcome.rehearsal is None:
        return outcome.says
    changes = [
        f"  {table.replace('_', ' ')}: "
        + ", ".join(f"{each.counts[way]:,} {way}" for way in WAYS if each.counts[way])
        for table, each in outcome.rehearsal.changes.items()
    ]
    return "\n".join([f"Nothing was stored: this was a dry run. {outcome.says}", *changes])


def _as_dict(outcome: Outcome) -> dict:
    changes = outcome.rehearsal.changes if outcome.rehearsal else {}
    stored = outcome.stored
    return {
        "source": outcome.source,
        "is_good": outcome.is_good,
        "says": outcome.says,
        "batch_id": stored.batch_id if stored else None,
        "rows_stored": dict(stored.rows_stored) if stored else {},
        "would_change": {table: dict(each.counts) for table, each in changes.items()},
        "left_out": dict(outcome.left_out),
        "not_mapped": outcome.count_unmapped,
    }
