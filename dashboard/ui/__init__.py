"""What pages share: the viewer, the filters, the questions they ask, the way a figure is shown.

The only part of this floor that knows Streamlit.
"""

from dashboard.ui.asking import ask, benchmark, chosen, figures, store, trend, viewer
from dashboard.ui.choosing import choose_benchmark, choose_filters, choose_initiative
from dashboard.ui.editing import edit_outcome, keep_edit, may_edit
from dashboard.ui.history import backups, batch, batches_shown
from dashboard.ui.importing import (
    choose_file,
    choose_kind,
    choose_mapping,
    prepare_file,
    problems,
    read_file,
)
from dashboard.ui.moving import go_to, link, link_to_group, note, open_stage, open_unit
from dashboard.ui.showing import (
    head,
    is_dark,
    metric,
    nothing_yet,
    show,
    small_chart,
    stalled_cards,
    where_from,
)
from dashboard.ui.storing import changes, store_file, taken_out
from dashboard.ui.tables import benchmarks, section, table
from dashboard.ui.templates import (
    choose_table,
    dictionary,
    link_to_import,
    stored_files,
    template_files,
)

__all__ = [
    "choose_table",
    "dictionary",
    "link_to_import",
    "stored_files",
    "template_files",
    "ask",
    "backups",
    "batch",
    "batches_shown",
    "benchmark",
    "benchmarks",
    "choose_benchmark",
    "choose_file",
    "choose_filters",
    "choose_initiative",
    "choose_kind",
    "choose_mapping",
    "changes",
    "chosen",
    "edit_outcome",
    "figures",
    "go_to",
    "head",
    "is_dark",
    "keep_edit",
    "link",
    "link_to_group",
    "may_edit",
    "metric",
    "note",
    "nothing_yet",
    "open_stage",
    "open_unit",
    "prepare_file",
    "problems",
    "read_file",
    "section",
    "show",
    "small_chart",
    "stalled_cards",
    "store",
    "store_file",
    "table",
    "taken_out",
    "trend",
    "viewer",
    "where_from",
]
