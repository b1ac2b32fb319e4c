"""Tables: each column in the format its name asks for, each row a way to its initiative."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import formats, initiative, portfolio
from dashboard.ui.asking import ask
from dashboard.ui.moving import INITIATIVE, go_to, note
from dashboard.ui.showing import where_from

AT_ONCE = 28  # rows a table shows before it scrolls: a page must not be as long as a portfolio


def table(rows: pd.DataFrame, key: str, columns: dict[str, str], height: int | None = None) -> None:
    """A table of initiatives (`columns`: name to label); clicking a row opens the initiative."""
    event = _shown(
        rows,
        key,
        columns,
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        height=height or tall(rows),
    )
    place = row_clicked(event)
    if place is not None:
        go_to(INITIATIVE, initiative_id=rows.iloc[place]["initiative_id"])


def tall(rows: pd.DataFrame) -> int | str:
    """How high a table is: all of a short one, a screen of a long one."""
    return "content" if len(rows) <= AT_ONCE else 560


def row_clicked(event: Mapping) -> int | None:
    """The place of the row somebody chose or clicked a cell of, if any."""
    chosen = event["selection"]
    return next(iter(chosen["rows"] or [row for row, _ in chosen["cells"]]), None)


def plain_table(rows: pd.DataFrame, key: str, columns: dict[str, str]) -> None:
    """A table of something other than initiatives."""
    _shown(rows, key, columns)


def _shown(rows: pd.DataFrame, key: str, columns: dict[str, str], **how: object) -> Mapping:
    return st.dataframe(
        whole_percents(rows),
        key=key,
        hide_index=True,
        column_config=formatted(columns),
        column_order=list(columns),
        placeholder="–",
        **how,
    )


def section(title: str, question: str, columns: dict[str, str], **parameters: object) -> None:
    """A titled table of the answer to a question, or a sentence when there is nothing."""
    st.markdown(f"#### {title}")
    rows = ask(question, **parameters)
    if rows.empty:
        note("Nothing is recorded.")
        return
    plain_table(initiative.shown(rows), f"section-{question.replace('/', '-')}", columns)
    where_from(question, **parameters)


def benchmarks() -> None:
    """Every published figure, with what it counts and how good its source is."""
    rows = ask("delivery/benchmarks")
    if rows.empty:
        note("No benchmarks are stored.")
        return
    columns = {
        "label": "What it says",
        "figure": "Figure",
        "counts_what": "Counts",
        "is_comparable": "Comparable",
        "publisher": "Publisher",
        "year": "Year",
        "sample": "Sample",
        "grade": "Source",
        "is_disputed": "Disputed",
        "url": "Where",
        "note": "Remark",
    }
    rows = rows.assign(figure=[portfolio.benchmark_figure(row) for row in rows.itertuples()])
    st.dataframe(
        rows,
        key="benchmarks",
        hide_index=True,
        column_config=columns
        | {"figure": st.column_config.TextColumn(columns["figure"], alignment="right")},
        column_order=list(columns),
        height="content",
    )
    where_from("delivery/benchmarks")


def whole_percents(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose shares are whole percents: more digits than anybody can defend help nobody."""
    shares = {
        name: pd.to_numeric(rows[name]) * 100 for name in rows.columns if name.endswith("_share")
    }
    return rows.assign(**shares).round({name: 0 for name in shares})


def formatted(columns: dict[str, str]) -> dict[str, object]:
    """The columns of a table, each in the format its name asks for."""
    kinds = {
        "days_in_stage": lambda label: st.column_config.NumberColumn(label, format="%,.0f"),
        "name": lambda label: st.column_config.TextColumn(label, width=216),
        "unit": lambda label: st.column_config.TextColumn(label, width=160),
        "stage": lambda label: st.column_config.TextColumn(label, width=120),
        "standing": lambda label: st.column_config.TextColumn(label, width=112),
        "_amount": lambda label: st.column_config.NumberColumn(
            f"{label} ({formats.CURRENCY})",
            format=f"%,.{formats.DECIMALS}f",
            # Below a short label the grid would make a column too narrow for millions.
            width=104 if len(label) < 6 else None,
        ),
        "_share": lambda label: st.column_config.NumberColumn(
            label, format=f"%.0f{formats.SPACE}%%"
        ),
        "_days": lambda label: st.column_config.NumberColumn(label, format="%,.0f"),
        "_on": lambda label: st.column_config.DateColumn(label, format="D MMM YYYY", width=104),
    }
    return {
        name: next((kind(label) for ending, kind in kinds.items() if name.endswith(ending)), label)
        for name, label in columns.items()
    }
