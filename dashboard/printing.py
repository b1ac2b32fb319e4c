"""The assessment on paper: standalone HTML without scripts or requests, every name escaped."""

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from math import cos, pi, sin

import pandas as pd

from dashboard import assessment, formats
from dashboard.steps import STEPS
from data.questionnaire import QUESTIONS, TOP

_STYLE = """
body { font: 11pt/1.45 "Segoe UI", system-ui, sans-serif; color: #1b2430; max-width: 46em;
  margin: 2em auto; padding: 0 1em; }
h1 { font-size: 20pt; } h2 { font-size: 14pt; margin-top: 1.6em; break-after: avoid; }
table { border-collapse: collapse; width: 100%; } svg { max-width: 26em; display: block; }
th, td { text-align: left; padding: .3em .6em; border-bottom: 1px solid #cfd5dd; }
section { break-inside: avoid; } .quiet { color: #566070; } ol { list-style: none; padding: 0; }
.chosen { font-weight: bold; } .line { border-bottom: 1px solid #8a94a3; height: 1.6em; }
"""


def results(
    answers: pd.DataFrame, day: date, steps: list[assessment.Agreement], says: str, left_out: str
) -> str:
    """The results of an assessment as a page: radar, table of steps, answers with their evidence.

    `answers` are those of that day alone, `steps` their agreement with the portfolio.
    """
    parts = [
        _paragraph(says, "quiet"),
        _paragraph(assessment.finding(answers, day)),
        _radar(assessment.scores(answers)),
        _table(steps, answers),
        _paragraph(assessment.agreement_finding(steps)),
        _paragraph(assessment.disagreement(answers)),
        _paragraph(left_out, "quiet") if left_out else "",
        "<h2>Answers</h2>",
        *(_answers(key, answers) for key in QUESTIONS),
    ]
    return _page(f"Execution readiness, {formats.day(day)}", parts)


def questionnaire(
    respondent: str | None, day: date | None, given: Mapping[str, tuple[float, str]]
) -> str:
    """The questionnaire to fill in by hand, or as one respondent has answered it."""
    who = f"{respondent}, {formats.day(day)}" if respondent else ""
    parts = [_paragraph(f"Respondent, team, day: {who}") + ("" if who else _LINE)]
    for step in STEPS:
        parts.append(f"<h2>{step.number}. {escape(step.name)}</h2>")
        mine = [question for question in QUESTIONS.values() if question.step == step.number]
        parts += [_question(question, given.get(question.key)) for question in mine]
    return _page("Execution readiness: the questionnaire", parts)


_LINE = '<div class="line"></div>'


def _page(title: str, parts: Iterable[str]) -> str:
    body = "\n".join(filter(None, parts))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}'
        f'</title><meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1>\n{body}\n</body></html>"
    )


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>'


def _question(question, given: tuple[float, str] | None) -> str:
    score, evidence = given or (None, "")
    lines = "".join(
        f'<li class="{"chosen" if place == score else ""}">'
        f"{'☒' if place == score else '☐'} {place}: {escape(says)}</li>"
        for place, says in enumerate(question.answers)
    )
    how = _paragraph(f"Evidence: {evidence}") + ("" if evidence else _LINE)
    asks = f"<p><b>{question.key}</b> {escape(question.asks)}</p>"
    return f"<section>{asks}<ol>{lines}</ol>{how}</section>"


def _table(steps: list[assessment.Agreement], answers: pd.DataFrame) -> str:
    apart = assessment.spread(answers).groupby("step")["score"].agg(["min", "max"])
    rows = [
        (
            f"{step.number}. {step.name}",
            _number(step.said),
            _number(None if step.shown_share is None else step.shown_share * TOP),
            f"{apart.loc[step.number, 'min']:.1f} to {apart.loc[step.number, 'max']:.1f}"
            if step.number in apart.index
            else formats.NOT_DEFINED,
        )
        for step in steps
    ]
    head = ("Step", f"You say, of {TOP}", f"Portfolio shows, of {TOP}", "Respondents")
    return f"<table>{_row(head, 'th')}{''.join(_row(row, 'td') for row in rows)}</table>"


def _row(cells: Iterable[str], kind: str) -> str:
    return "<tr>" + "".join(f"<{kind}>{escape(cell)}</{kind}>" for cell in cells) + "</tr>"


def _number(value: float | None) -> str:
    return formats.NOT_DEFINED if value is None else f"{value:.1f}"


def _answers(key: str, answers: pd.DataFrame) -> str:
    rows = answers[answers["question"] == key].sort_values("respondent")
    said = [
        (row.respondent, formats.words(row.team), f"{row.score:g}", _evidence(row.evidence))
        for row in rows.itertuples()
    ]
    table = f"<table>{''.join(_row(row, 'td') for row in said)}</table>"
    return (
        f"<section><p><b>{key}</b> {escape(QUESTIONS[key].asks)}</p>"
        f"{table if said else _paragraph('Nobody answered.', 'quiet')}</section>"
    )


def _evidence(evidence: object) -> str:
    return str(evidence) if formats.is_known(evidence) else ""


def _radar(scores: Mapping[int, float | None]) -> str:
    """The five scores as a drawing; a step without one stands at the middle and says so."""
    rings = "".join(
        f'<polygon points="{_points([ring] * 5)}" fill="none" stroke="#cfd5dd"/>'
        for ring in range(1, TOP + 1)
    )
    values = [scores[step.number] or 0 for step in STEPS]
    names = "".join(
        f'<text x="{_at(place, 4.5)[0]:.0f}" y="{_at(place, 4.5)[1]:.0f}" text-anchor="middle" '
        f'font-size="11">{step.number}: {_number(scores[step.number])}</text>'
        for place, step in enumerate(STEPS)
    )
    return (
        f'<svg viewBox="0 0 320 260" role="img" aria-label="Scores of the five steps">{rings}'
        f'<polygon points="{_points(values)}" fill="#0b5cad22" stroke="#0b5cad" stroke-width="2"/>'
        f"{names}</svg>"
    )


def _points(values: list[float]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(i, v) for i, v in enumerate(values)))


def _at(place: int, value: float) -> tuple[float, float]:
    angle = 2 * pi * place / 5 - pi / 2
    return 160 + 24 * value * cos(angle), 134 + 24 * value * sin(angle)
