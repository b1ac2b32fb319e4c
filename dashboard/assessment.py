"""What people think of our readiness, in figures and words, from `readiness/answers`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard import formats, readiness
from dashboard.steps import STEPS
from data.questionnaire import QUESTIONS, TOP
from data.tables import TEAMS

NUMBERS = [step.number for step in STEPS]
MODES = {"results": "Results", "answer": "Answer the questions"}
VIEWS = {"time": "Over time", "teams": "Between teams"}
AT_MOST = 5
OUTSIDE = "score outside 0 to 4"
UNKNOWN = "question this questionnaire does not have"


@dataclass(frozen=True)
class Known:
    """The answers that count, with their step, and how many do not, by reason."""

    answers: pd.DataFrame
    left_out: Mapping[str, list[str]]

    def says_left_out(self) -> str:
        """Which stored answers do not count, and why; empty when all do."""
        said = [
            f"{formats.plural(len(keys), 'stored answer')} to a {reason} "
            f"({formats.listed(sorted(set(keys)))})"
            if reason == UNKNOWN
            else f"{formats.plural(len(keys), 'stored answer')} with a {reason} "
            f"({formats.listed(sorted(set(keys)))})"
            for reason, keys in self.left_out.items()
            if keys
        ]
        return f"Left out: {'; '.join(said)}." if said else ""


def known(rows: pd.DataFrame) -> Known:
    """The answers to questions of the questionnaire scored 0 to 4, and what is left out."""
    is_asked = rows["question"].isin(QUESTIONS)
    is_inside = rows["score"].between(0, TOP)
    left_out = {
        UNKNOWN: rows.loc[~is_asked, "question"].tolist(),
        OUTSIDE: rows.loc[is_asked & ~is_inside, "question"].tolist(),
    }
    answers = rows[is_asked & is_inside]
    answers = answers.assign(
        step=[QUESTIONS[key].step for key in answers["question"]],
        assessed_on=pd.to_datetime(answers["assessed_on"]).dt.date,
        team=answers["team"].fillna("no team"),
    )
    return Known(answers, left_out)


def rounds(answers: pd.DataFrame) -> list[date]:
    """The days of the assessments, latest first."""
    return sorted(set(answers["assessed_on"]), reverse=True)


def of_round(answers: pd.DataFrame, day: date) -> pd.DataFrame:
    """The answers of one assessment."""
    return answers[answers["assessed_on"] == day]


def scores(answers: pd.DataFrame) -> dict[int, float | None]:
    """Readiness per step: the mean of its answers, 0 to 4; None where nobody answered."""
    means = answers.groupby("step")["score"].mean()
    return {number: formats.finite(means.get(number)) for number in NUMBERS}


def overall(answers: pd.DataFrame) -> float | None:
    """The mean of the steps that were answered."""
    values = [value for value in scores(answers).values() if value is not None]
    return sum(values) / len(values) if values else None


def weakest(answers: pd.DataFrame) -> int | None:
    """The number of the step with the lowest score."""
    values = {number: value for number, value in scores(answers).items() if value is not None}
    return min(values, key=values.get) if values else None


def spread(answers: pd.DataFrame) -> pd.DataFrame:
    """Per step, respondent and team: the mean of that respondent's answers."""
    return answers.groupby(["step", "respondent", "team"], as_index=False)["score"].mean()


def disagreement(answers: pd.DataFrame) -> str:
    """The question on which respondents differ most, in one sentence."""
    by_question = answers.groupby("question")["score"].agg(["min", "max", "count"])
    by_question = by_question[by_question["count"] > 1]
    if by_question.empty:
        return "One respondent alone: there is nothing to compare."
    apart = by_question["max"] - by_question["min"]
    if not apart.max():
        return "All respondents gave the same answers."
    key = apart.idxmax()
    low, high = by_question.loc[key, ["min", "max"]]
    return (
        f"They differ most on {key}, “{QUESTIONS[key].asks}” "
        f"The answers reach from {low:g} to {high:g} of {TOP}."
    )


def lines(answers: pd.DataFrame, view: str, day: date) -> dict[str, dict[int, float | None]]:
    """The lines of the radar: the latest assessments up to a day, or the teams of that day."""
    if view == "time":
        days = [each for each in rounds(answers) if each <= day][:AT_MOST]
        return {formats.day(each): scores(of_round(answers, each)) for each in reversed(days)}
    now = of_round(answers, day)
    teams = list(now["team"].value_counts().index)[:AT_MOST]
    return {formats.words(team): scores(now[now["team"] == team]) for team in teams}


def finding(answers: pd.DataFrame, day: date) -> str:
    """How ready the respondents of an assessment think we are, and the weakest step."""
    now = of_round(answers, day)
    low = weakest(now)
    step = STEPS[low - 1]
    number = now["respondent"].nunique()
    people = f"{formats.plural(number, 'respondent')} give{'s' if number == 1 else ''}"
    return (
        f"{people} us {overall(now):.1f} of {TOP} on {formats.day(day)}; the weakest step is "
        f"{step.number}, {step.name} ({scores(now)[low]:.1f})."
    )


def unfinished(answers: pd.DataFrame, day: date) -> str:
    """Who has not answered everything yet."""
    counts = of_round(answers, day).groupby("respondent")["question"].nunique()
    missing = counts[counts < len(QUESTIONS)]
    if missing.empty:
        return "Every respondent has answered every question."
    said = [f"{name} {count} of {len(QUESTIONS)}" for name, count in missing.items()]
    return f"Not finished yet: {formats.listed(said)}. What is answered counts."


@dataclass(frozen=True)
class Agreement:
    """One step: what people say, 0 to 4, and what the portfolio shows, 0 to 1."""

    number: int
    name: str
    said: float | None
    shown_share: float | None

    @property
    def gap_share(self) -> float | None:
        """Self-assessed / 4 - computed; positive: we think better of ourselves than the data."""
        if self.said is None or self.shown_share is None:
            return None
        return self.said / TOP - self.shown_share

    def says(self) -> str:
        """The step in one sentence: "you say 3.2 of 4, your portfolio shows 1.4 of 4"."""
        say = "nobody answered" if self.said is None else f"you say {self.said:.1f} of {TOP}"
        show = (
            "what your portfolio shows is not defined"
            if self.shown_share is None
            else f"your portfolio shows {self.shown_share * TOP:.1f} of {TOP}"
        )
        return f"{self.number}. {self.name}: {say}, {show}"


def agreement(now: pd.DataFrame, actions: pd.DataFrame) -> list[Agreement]:
    """Every step of one assessment's answers against `readiness/actions`."""
    latest, said = readiness.latest(actions), scores(now)
    return [
        Agreement(step.number, step.name, said[step.number], readiness.mean(step, latest))
        for step in STEPS
    ]


def agreement_finding(steps: list[Agreement]) -> str:
    """Where what people say and what the data shows lie furthest apart."""
    measured = [step for step in steps if step.gap_share is not None]
    if not measured:
        return "There is nothing to compare: no step has both answers and a computed score"
    widest = max(measured, key=lambda step: abs(step.gap_share))
    way = "better" if widest.gap_share > 0 else "worse"
    return f"Furthest apart on {widest.says()}; people think {way} of it than the data shows"


def given(rows: pd.DataFrame, day: date, respondent: str) -> dict[str, tuple[float, str]]:
    """What a respondent has answered on a day: score and evidence by question."""
    mine = rows[
        (pd.to_datetime(rows["assessed_on"]).dt.date == day) & (rows["respondent"] == respondent)
    ]
    return {
        row.question: (row.score, row.evidence if formats.is_known(row.evidence) else "")
        for row in mine.itertuples()
    }


def teams(rows: pd.DataFrame) -> list[str]:
    """The teams one can belong to: the five, and those already named."""
    return list(dict.fromkeys([*TEAMS, *rows["team"].dropna().unique()]))


def team_of(rows: pd.DataFrame, respondent: str) -> str | None:
    """The team a respondent last named."""
    mine = rows[(rows["respondent"] == respondent) & rows["team"].notna()]
    return mine.sort_values("assessed_on")["team"].iloc[-1] if len(mine) else None


def progress(answered: Mapping) -> str:
    """How many questions are answered, and where to go on."""
    left = [key for key in QUESTIONS if key not in answered]
    if not left:
        return f"All {len(QUESTIONS)} questions are answered. Any answer can still be changed."
    done = len(QUESTIONS) - len(left)
    return f"{done} of {len(QUESTIONS)} answered; go on with step {QUESTIONS[left[0]].step}."


def first_open(answered: Mapping) -> int:
    """The first step with a question not answered; the first of all when none is left."""
    return next((QUESTIONS[key].step for key in QUESTIONS if key not in answered), 1)
