"""Text that a spreadsheet would run as a formula, made harmless, and made itself again."""

import re

_LIVE = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[-+]?[\d.,\s]*\d\s?%?")


def defused(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet might run it.

    >>> defused("=1+1"), defused("-12.5"), defused("'=1"), defused("Ada")
    ("'=1+1", '-12.5', "''=1", 'Ada')
    """
    if not _LIVE.match(text) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def undefused(text: str) -> str:
    """The text as it was before it was defused.

    >>> [undefused(defused(text)) for text in ("=1+1", "-12.5", "'=1", "'tis")]
    ['=1+1', '-12.5', "'=1", "'tis"]
    """
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text
