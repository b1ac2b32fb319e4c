"""What pages share: the viewer, the filters, the questions they ask, the way a figure is shown.

The only part of this floor that knows Streamlit.
"""

from dashboard.ui.asking import ask, benchmark, chosen, figures, store, trend, viewer
from dashboard.ui.assessment import (
    answer,
    choose_mode,
    choose_round,
    choose_view,
    nobody_answered,
    print_results,
)
from dashboard.ui.barriers import choose_held, choose_waits, mend_barriers
from dashboard.ui.choosing import choose_benchmark, choose_filters, choose_initiative
from dashboard.ui.editing import edit_outcome, keep_edit, may_edit
from dashboard.ui.forecast import (
    FIRST,
    best_set,
    choose_assumptions,
    choose_budget,
    draws,
    prospect,
    record,
    swings,
    valued,
)
from dashboard.ui.history import backups, batch, page_of_batches
from dashboard.ui.importing import (
    choose_file,
    choose_kind,
    choose_mapping,
    known_mapping,
    prepare_file,
    problems,
    read_upload,
)
from dashboard.ui.models import (
    choose_model,
    choose_raw,
    link_models,
    metrics_table,
    models_table,
    set_target,
)
from dashboard.ui.moving import INITIATIVE, go_to, link, link_to_group, note, open_stage, open_unit
from dashboard.ui.quality import gaps
from dashboard.ui.readiness import (
    choose_lacking,
    choose_who,
    equipment,
    layer_map,
    run_without,
    step,
)
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
from dashboard.ui.value import choose_one, no_money, open_initiative, plain_table

__all__ = [
    "FIRST",
    "prospect",
    "gaps",
    "INITIATIVE",
    "answer",
    "ask",
    "backups",
    "batch",
    "benchmark",
    "benchmarks",
    "best_set",
    "changes",
    "choose_assumptions",
    "choose_benchmark",
    "choose_budget",
    "choose_file",
    "choose_filters",
    "choose_held",
    "choose_initiative",
    "choose_kind",
    "choose_lacking",
    "choose_mapping",
    "choose_mode",
    "choose_model",
    "choose_one",
    "choose_raw",
    "choose_round",
    "choose_table",
    "choose_view",
    "choose_waits",
    "choose_who",
    "chosen",
    "dictionary",
    "draws",
    "edit_outcome",
    "equipment",
    "figures",
    "go_to",
    "head",
    "is_dark",
    "keep_edit",
    "layer_map",
    "known_mapping",
    "link",
    "link_models",
    "link_to_group",
    "link_to_import",
    "may_edit",
    "mend_barriers",
    "metric",
    "metrics_table",
    "models_table",
    "no_money",
    "nobody_answered",
    "note",
    "nothing_yet",
    "open_initiative",
    "open_stage",
    "open_unit",
    "page_of_batches",
    "plain_table",
    "prepare_file",
    "print_results",
    "problems",
    "record",
    "read_upload",
    "run_without",
    "section",
    "set_target",
    "show",
    "small_chart",
    "stalled_cards",
    "step",
    "store",
    "store_file",
    "stored_files",
    "swings",
    "table",
    "taken_out",
    "template_files",
    "trend",
    "valued",
    "viewer",
    "where_from",
]
