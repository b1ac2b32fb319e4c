"""Files the reader takes along: made when their button is pressed, and kept until they arrive."""

import time
from collections.abc import Callable
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.runtime.media_file_manager import MediaFileManager

KEPT_SECONDS = 60
OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "csv": "text/csv",
    "html": "text/html",
    "ics": "text/calendar",
    "json": "application/json",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}
_unseen: WeakKeyDictionary[MediaFileManager, dict] = WeakKeyDictionary()


def take(
    label: str,
    made: Callable[[], bytes | str],
    file_name: str,
    key: str,
    icon: str = "download",
    **looks: object,
) -> None:
    """A button that makes a file, shows that it does, and hands it over; the page stands still."""
    st.download_button(
        label,
        made,
        file_name=file_name,
        mime=KINDS.get(file_name.rpartition(".")[2]),
        key=key,
        on_click="ignore",
        icon=f":material/{icon}:",
        **looks,
    )


def _forget_later(files: MediaFileManager) -> None:
    """Forget the files, and the ways to make them, that no page has shown for a minute.

    Streamlit forgets them when anybody's page ends its run: a button that is still on a screen
    whose page is being drawn anew then makes nothing, and a file that was made just now is away
    before the browser has fetched it.
    """
    with files._lock:
        now = time.monotonic()
        _unseen[files] = _unseen_since(files, now)
        for name, (_, since) in _unseen[files].items():
            if now - since < KEPT_SECONDS:
                continue
            if name in files._file_metadata:
                files._delete_file(name)
            else:
                files._drop_deferred_id(name)


def _unseen_since(files: MediaFileManager, now: float) -> dict[str, tuple[object, float]]:
    """What no page shows, by its name, and since when; made again, it is new under an old name."""
    shown = set().union(*(each.values() for each in files._files_by_session_and_coord.values()))
    before, known = _unseen.get(files, {}), {**files._file_metadata, **files._deferred_callables}
    return {
        name: before[name] if name in before and before[name][0] is what else (what, now)
        for name, what in known.items()
        if name not in shown
    }


MediaFileManager.remove_orphaned_files = _forget_later
