"""What changed between two marks, so that a long one is not written down again at every pull.

A mark that is a JSON object is kept as a merge patch (RFC 7396) to the mark its pull began at; any
other mark, being short, as it is. A null in an object is as good as nothing there.
"""

import json


def between(before: str | None, now: str | None) -> object:
    """The patch from one mark to the next."""
    return _between(_read(before), _read(now))


def applied(patches: list[object]) -> str | None:
    """The mark at the end of a row of patches, the first of them a whole mark."""
    mark: object = None
    for patch in patches:
        mark = _read(patch) if isinstance(patch, str) else _applied(mark, patch)
    return json.dumps(mark) if isinstance(mark, dict) else mark


def _read(mark: str | None) -> object:
    return json.loads(mark) if mark and mark.startswith("{") else mark


def _between(before: object, now: object) -> object:
    if not (isinstance(before, dict) and isinstance(now, dict)):
        return now
    gone = dict.fromkeys(before.keys() - now.keys())
    other = {key: value for key, value in now.items() if key not in before or before[key] != value}
    return gone | {key: _between(before.get(key), value) for key, value in other.items()}


def _applied(before: object, patch: object) -> object:
    if not isinstance(patch, dict):
        return patch
    kept = before if isinstance(before, dict) else {}
    changed = {
        key: _applied(kept.get(key), value) for key, value in patch.items() if value is not None
    }
    return {key: value for key, value in kept.items() if key not in patch} | changed
