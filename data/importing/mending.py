"""Cells an analyst mended in the preview, put over those of the file before anything is read."""

from collections.abc import Mapping

from data.importing.sheet import Sheet

Mended = Mapping[str, Mapping[int, str]]


def mended(sheet: Sheet, cells: Mended) -> Sheet:
    """The sheet with cells replaced: by header, then record number, the text that stands there."""
    if not cells:
        return sheet
    places = {int(number): place for place, number in enumerate(sheet.numbers)}
    columns = []
    for header, column in zip(sheet.headers, sheet.texts, strict=True):
        given = {places[n]: text for n, text in cells.get(header, {}).items() if n in places}
        if given:
            column = [given.get(place, text) for place, text in enumerate(column.to_pylist())]
        columns.append(column)
    return Sheet.of(sheet.headers, columns, sheet.numbers, sheet.reading, sheet.problems)
