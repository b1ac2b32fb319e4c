"""Files whose records name their fields themselves: JSON lines, a JSON array or answer, Parquet."""

import io
import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import FileRefused
from data.importing.workbooks import shown

PARQUET = b"PAR1"
CELLS = 200_000_000


def is_json(opening: bytes) -> bool:
    """Whether a text begins like records in JSON."""
    bare = b"".join(opening.split())
    return bare.startswith((b'{"', b"[{", b"{}", b"[]"))


def of_json(text: str) -> tuple[tuple[str, ...], list[list[str]]]:
    """Headers in the order they first appear, and the columns below them."""
    records = [_flat(record) for record in _objects(text)]
    headers = tuple(dict.fromkeys(name for record in records for name in record))
    if not headers:
        raise FileRefused("The JSON holds no records: it needs objects with named values.")
    return headers, [[record.get(header, "") for record in records] for header in headers]


def _objects(text: str) -> Iterator[dict]:
    try:
        if text.lstrip().startswith("["):
            yield from map(_checked, json.loads(text, parse_float=_Written, parse_int=_Written))
            return
        if (whole := _only(text)) is not None:
            yield from whole
            return
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                yield _checked(json.loads(line, parse_float=_Written, parse_int=_Written), number)
    except RecursionError as error:
        raise FileRefused("The JSON is nested too deeply to be a table.") from error
    except json.JSONDecodeError as error:
        where = f"line {number}" if not text.lstrip().startswith("[") else f"line {error.lineno}"
        raise FileRefused(f"The file is no valid JSON ({where}: {error.msg}).") from error


def _only(text: str) -> list[dict] | None:
    """The records of a text that is one object: those of its only list of objects, as services
    answer, else the object itself. None where there are several, a line each."""
    try:
        whole = json.loads(text, parse_float=_Written, parse_int=_Written)
    except json.JSONDecodeError:
        return None
    lists = [each for each in whole.values() if _are_objects(each)]
    return lists[0] if len(lists) == 1 else [whole]


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


class _Written(str):
    """A number as it is written in the file."""


def _checked(record: object, number: int = 0) -> dict:
    if not isinstance(record, dict):
        where = f"Line {number} of the JSON" if number else "Something in the JSON's list"
        raise FileRefused(f"{where} is not an object with named values, as a record must be.")
    return record


def _flat(record: dict, before: str = "") -> dict[str, str]:
    """A record's values as text; a value within a value is named a.b."""
    flat: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[_whole(before + name)] = _whole(_said(value))
    return flat


def _said(value: object) -> str:
    if isinstance(value, list):
        plain = [each for each in value if not isinstance(each, dict | list)]
        return shown(plain) if len(plain) == len(value) else json.dumps(value, ensure_ascii=False)
    return shown(float(value)) if isinstance(value, _Written) and "." in value else shown(value)


def _whole(text: str) -> str:
    """Text without halves of characters, which JSON can hold and nothing can store."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def of_parquet(content: bytes) -> tuple[tuple[str, ...], list[pa.Array]]:
    """The file's columns as text. Raises FileRefused."""
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        if file.metadata.num_rows * file.metadata.num_columns > CELLS:
            raise FileRefused("The Parquet file has too many cells to be checked: split it.")
        table = file.read()
    except (pa.ArrowException, OSError) as error:
        raise FileRefused("The file is no Parquet file that can be read.") from error
    return tuple(table.column_names), [_as_text(column) for column in table.columns]


def _as_text(column: pa.ChunkedArray) -> pa.Array:
    if pa.types.is_string(column.type):
        return column.combine_chunks().fill_null("")
    once = column.combine_chunks()
    return pa.array([_whole(shown(value)) for value in once.to_pylist()], pa.string())
