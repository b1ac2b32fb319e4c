"""What was done about the cells around a table, said so that nothing vanishes silently."""

from collections.abc import Iterator, Sequence

from data.importing.problems import FILE, INFO, Problem

CHOOSE = "If it is the header or a record, choose another header row."


def titles(cells: Sequence[Sequence[str]], header: int) -> tuple[str, ...]:
    """What stands in each of the rows above the header."""
    rows = ([cell.strip() for cell in row if cell.strip()] for row in cells[:header])
    return tuple(" · ".join(dict.fromkeys(row)) for row in rows if row)


def skipped(titles_: Sequence[str]) -> Iterator[Problem]:
    """Say which rows above the header were not read as records."""
    for title in titles_:
        says = "The row stands above the header, so it was not read as a record."
        yield Problem(FILE, "", title, INFO, says, CHOOSE)


def not_read(tables: Sequence[str], at: int) -> Iterator[Problem]:
    """Say which other tables the sheet has."""
    for number, table in enumerate(tables):
        if number != at:
            says = f"The sheet has another table, which was not read: {table}."
            mend = "Choose it as the table of the sheet, and bring it in as well."
            yield Problem(FILE, "", "", INFO, says, mend)


def renamed(names: Sequence[str], headers: Sequence[str]) -> Iterator[Problem]:
    """Say which columns have a name here that the file does not give them alone."""
    for place, (name, header) in enumerate(zip(names, headers, strict=False), start=1):
        tidy = " ".join(name.split())
        if tidy == header:
            continue
        if not tidy:
            says = f'Column {place} has no name in the file: here it is called "{header}".'
        else:
            says = f'"{tidy}" is the name of several columns: this one is called "{header}" here.'
        yield Problem(FILE, header, tidy, INFO, says, "Give every column a name of its own.")
