"""Moments as platforms write them, ISO 8601 with a zone or seconds since 1970; ours are UTC."""

from datetime import UTC, datetime


def moment_of(said: object) -> datetime | None:
    """A moment in UTC without its zone, as the tables hold it; None for what is none.

    None as well for 1970 and before, which is how some platforms write that it has not come.

    >>> moment_of("2026-11-01T02:00:00+02:00")
    datetime.datetime(2026, 11, 1, 0, 0)
    >>> moment_of("1970-01-01T00:00:00Z")
    """
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else _since_1970(said)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError, TypeError, OSError):
        return None
    return moment.replace(tzinfo=None) if moment.year > 1970 else None


def seconds_of(moment: datetime) -> float:
    """Seconds since 1970 of a moment in UTC without its zone."""
    return moment.replace(tzinfo=UTC).timestamp()


def text_of(moment: datetime) -> str:
    """A moment in UTC without its zone as text, for a mark or a question.

    >>> text_of(datetime(2026, 11, 1))
    '2026-11-01T00:00:00Z'
    """
    return f"{moment.isoformat()}Z"


def _since_1970(seconds: object) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)
