"""What can be decided about reading a file, in words."""

from calendar import month_name

ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16", "latin-1": "Latin-1"}
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
QUOTINGS = {
    "doubled": 'doubled: "say ""yes"""',
    "escaped": 'after a backslash: "say \\"yes\\""',
    "none": "nothing special, kept as they are",
}
DATE_ORDERS = {
    "day first": "day first: 31/10/2026",
    "month first": "month first: 10/31/2026",
}
DECIMAL_MARKS = {".": "a point: 1,234.56", ",": "a comma: 1.234,56"}
MONTHS = {number: month_name[number] for number in range(1, 13)}
DAYS_FROM = {1900: "1900, as is usual", 1904: "1904, as on old Macs"}
ANSWERS = {
    "date_order": DATE_ORDERS,
    "decimal_mark": DECIMAL_MARKS,
    "fiscal_year_start": MONTHS,
}
"""What can be said of cells; where no cell proves it, it is asked."""
