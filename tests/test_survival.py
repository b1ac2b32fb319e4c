"""What the time-adjusted share promises, checked against textbooks, scipy and plain loops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, binomtest, ecdf

from dashboard.survival import (
    CENSORED,
    EXITED,
    LIVE,
    MONTH,
    cumulative_incidence,
    naive_median,
    wilson,
)

# Few distinct days, so that ties, zeros and ties between kinds of event are the rule.
any_days = st.integers(0, 25)
histories = st.lists(st.tuples(any_days, st.sampled_from([CENSORED, LIVE, EXITED])), min_size=1)
without_exits = st.lists(st.tuples(any_days, st.sampled_from([CENSORED, LIVE])), min_size=1)
without_censoring = st.lists(st.tuples(any_days, st.sampled_from([LIVE, EXITED])), min_size=1)

# Weeks of remission under 6-mercaptopurine, Freireich et al. 1963; 0 = still in remission.
REMISSION = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def curve_of(history, **options):
    return cumulative_incidence(*columns(history), **options)


def columns(history):
    return [day for day, _ in history], [outcome for _, outcome in history]


def swapped(history):
    other = {LIVE: EXITED, EXITED: LIVE, CENSORED: CENSORED}
    return [(day, other[outcome]) for day, outcome in history]


def slow_curve(history):
    """Day -> (F, Var F): the definition as a loop, the covariance of (S, F) carried along by hand.

    One day takes (S, F) to (S * (1 - a - b), F + S * a), where a and b are the shares of those at
    risk that went live and that left: multinomial. Their errors are added to the inherited ones.
    """
    survival, share, var_s, cov, var_f = 1.0, 0.0, 0.0, 0.0, 0.0
    curve = {}
    for day in sorted({day for day, _ in history}):
        n = sum(1 for other, _ in history if other >= day)
        a = history.count((day, LIVE)) / n
        stay = 1 - a - history.count((day, EXITED)) / n
        new_var_f = var_f + 2 * a * cov + a**2 * var_s + survival**2 * a * (1 - a) / n
        cov = stay * cov + stay * a * var_s - survival**2 * a * stay / n
        var_s = stay**2 * var_s + survival**2 * stay * (1 - stay) / n
        var_f, share, survival = new_var_f, share + survival * a, survival * stay
        if a > 0:
            curve[day] = (share, var_f)
    return curve


def test_six_initiatives_come_out_as_worked_by_hand():
    curve = cumulative_incidence([10, 20, 20, 30, 40, 50], [1, 1, 2, 0, 1, 0])
    assert curve.days.tolist() == [10, 20, 40]
    assert curve.share == pytest.approx([1 / 6, 1 / 3, 7 / 12])
    assert curve.variance == pytest.approx([5 / 216, 8 / 216, 11 / 216])
    assert curve.at_risk.tolist() == [6, 5, 2]
    assert curve.median == 40


def test_the_remission_trial_of_the_textbooks_is_met():
    curve = cumulative_incidence(REMISSION, RELAPSED)
    remaining = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert curve.days.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert 1 - curve.share == pytest.approx(remaining, abs=5.1e-4)
    assert np.sqrt(curve.variance) == pytest.approx(errors, abs=5.1e-5)
    assert curve.median == 23


def test_a_published_competing_risks_table_is_met():
    """Satagopan et al. 2004, British Journal of Cancer 91, table 2, which rounds, then adds up."""
    first_nine = [7, 10, 14, 16, 18, 23, 24, 26, 27]
    what_happened = [0, 1, 0, 1, 2, 1, 0, 2, 1]
    curve = cumulative_incidence(first_nine + [60] * 296, what_happened + [0] * 296)
    assert curve.at_risk.tolist() == [304, 302, 300, 297]
    printed = np.cumsum(np.diff(curve.share, prepend=0.0).round(3))
    assert printed == pytest.approx([0.003, 0.006, 0.009, 0.012])


@given(without_exits)
def test_without_exits_it_is_one_minus_kaplan_meier(history):
    curve = curve_of(history)
    finished = [day for day, outcome in history if outcome == LIVE]
    waiting = [day for day, outcome in history if outcome == CENSORED]
    survival = ecdf(CensoredData(uncensored=finished, right=waiting)).sf
    assert curve.share == pytest.approx(1 - survival.evaluate(curve.days), abs=1e-9)


def test_without_exits_the_interval_is_the_log_log_one_of_kaplan_meier():
    curve = cumulative_incidence(REMISSION, RELAPSED)
    data = CensoredData.right_censored(REMISSION, 1 - np.array(RELAPSED))
    ends = ecdf(data).sf.confidence_interval(method="log-log")
    assert curve.low == pytest.approx(1 - ends.high.evaluate(curve.days), abs=1e-9)
    assert curve.high == pytest.approx(1 - ends.low.evaluate(curve.days), abs=1e-9)


@given(without_censoring)
def test_without_censoring_it_ends_at_the_plain_share_of_those_gone_live(history):
    days, outcome = columns(history)
    expected = outcome.count(LIVE) / len(outcome)
    assert curve_of(history).at(max(days))[0] == pytest.approx(expected)


@given(without_censoring)
def test_without_censoring_the_variance_is_that_of_a_plain_share(history):
    curve = curve_of(history)
    assert curve.variance == pytest.approx(curve.share * (1 - curve.share) / len(history), abs=1e-9)


@given(histories)
def test_the_share_never_falls_and_stays_between_nought_and_one(history):
    share = curve_of(history).share
    assert np.all(np.diff(share, prepend=0.0) > 0)
    assert np.all(share <= 1)


@given(histories)
def test_live_and_left_and_still_waiting_make_up_everybody(history):
    days = sorted({day for day, _ in history})
    live, left = curve_of(history).at(days)[0], curve_of(swapped(history)).at(days)[0]
    either = curve_of([(day, min(outcome, 1)) for day, outcome in history]).at(days)[0]
    assert live + left + (1 - either) == pytest.approx(np.ones(len(days)), abs=1e-9)


@given(histories)
def test_the_interval_holds_the_estimate_and_stays_between_nought_and_one(history):
    curve = curve_of(history)
    has_interval = curve.share < 1
    share, low, high = (v[has_interval] for v in (curve.share, curve.low, curve.high))
    assert np.all((low > 0) & (low < share) & (share < high) & (high <= 1))
    assert np.isnan(curve.low[~has_interval]).all() and np.isnan(curve.high[~has_interval]).all()


@given(histories)
def test_a_higher_level_gives_a_wider_interval(history):
    narrow, wide = curve_of(history, level=0.8), curve_of(history, level=0.99)
    has_interval = narrow.share < 1
    assert np.all((wide.low < narrow.low)[has_interval])
    assert np.all((wide.high > narrow.high)[has_interval])


@settings(max_examples=300)
@given(histories)
def test_it_agrees_with_a_plain_loop_over_the_definition(history):
    curve, slow = curve_of(history), slow_curve(history)
    assert curve.days.tolist() == list(slow)
    assert curve.share == pytest.approx([share for share, _ in slow.values()], abs=1e-9)
    assert curve.variance == pytest.approx([variance for _, variance in slow.values()], abs=1e-9)


@given(histories, st.randoms())
def test_the_order_of_the_rows_does_not_matter(history, random):
    shuffled = random.sample(history, len(history))
    assert curve_of(shuffled).share.tolist() == curve_of(history).share.tolist()


def coverage(times, replications=600, size=120, seed=20260131):
    """How often the 95 % interval holds the truth, by time: exponential risks, uniform watching."""
    rng = np.random.default_rng(seed)
    live_rate, exit_rate = 1 / 400, 1 / 600
    both = live_rate + exit_rate
    truth = live_rate / both * (1 - np.exp(-both * np.asarray(times)))
    hits = np.zeros(len(times))
    for _ in range(replications):
        event = rng.exponential(1 / both, size)
        watched = rng.uniform(200, 1200, size)
        kind = np.where(rng.random(size) < live_rate / both, LIVE, EXITED)
        days, outcome = np.minimum(event, watched), np.where(event <= watched, kind, CENSORED)
        _, low, high = cumulative_incidence(days, outcome).at(times)
        hits += (low <= truth) & (truth <= high)
    return hits / replications


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    covered = coverage([6 * MONTH, 18 * MONTH])
    assert np.all((covered >= 0.92) & (covered <= 0.98)), covered


def test_beyond_the_last_day_anybody_was_watched_nothing_is_claimed():
    curve = cumulative_incidence([10, 20, 30], [LIVE, EXITED, CENSORED])
    assert curve.at(30)[0] == pytest.approx(1 / 3)
    assert np.isnan(curve.at(30.5)).all()


def test_once_everybody_is_resolved_the_share_stays_for_good():
    curve = cumulative_incidence([10, 20, 30, 30], [LIVE, EXITED, LIVE, EXITED])
    assert curve.known_until == np.inf
    assert curve.at(10_000) == pytest.approx(curve.at(30))
    assert curve.at(10_000)[0] == pytest.approx(0.5)


def test_somebody_unresolved_on_the_very_last_day_ends_the_curve_there():
    curve = cumulative_incidence([10, 30, 30], [LIVE, LIVE, CENSORED])
    assert curve.share == pytest.approx([1 / 3, 2 / 3])
    assert curve.known_until == 30
    assert np.isnan(curve.at(31)).all()


def test_between_two_events_the_curve_stands_still():
    curve = cumulative_incidence([10, 20, 40], [LIVE, LIVE, CENSORED])
    assert curve.at([10, 19.9]) == pytest.approx(np.array([curve.at(10), curve.at(10)]).T)
    assert curve.at([9, 10, 20])[0] == pytest.approx([0, 1 / 3, 2 / 3])


def test_before_anybody_is_live_the_share_is_nought_and_has_no_interval():
    share, low, high = cumulative_incidence([10, 20], [LIVE, CENSORED]).at(5)
    assert share == 0
    assert np.isnan([low, high]).all()


@pytest.mark.parametrize("count", [1, 10, 49])
def test_when_all_are_live_the_share_is_exactly_one_and_has_no_interval(count):
    curve = cumulative_incidence(range(count), [LIVE] * count)
    assert curve.share[-1] == 1
    assert np.isnan([curve.low[-1], curve.high[-1]]).all()


def test_somebody_live_on_the_day_of_entry_counts():
    curve = cumulative_incidence([0, 0, 5], [LIVE, CENSORED, CENSORED])
    assert curve.at(0)[0] == pytest.approx(1 / 3)
    assert curve.at_risk.tolist() == [3]


def test_those_last_seen_on_the_day_of_an_event_were_still_at_risk():
    curve = cumulative_incidence([10, 10], [LIVE, CENSORED])
    assert curve.share.tolist() == [0.5]
    assert curve.count_at_risk([0, 10, 10.5]).tolist() == [2, 2, 0]


def test_a_single_number_of_days_gives_single_numbers():
    curve = cumulative_incidence([10, 20, 40], [LIVE, LIVE, CENSORED])
    assert all(isinstance(value, float) for value in curve.at(12))
    assert curve.count_at_risk(12) == 2


def test_the_median_is_the_first_day_at_half_in_spite_of_rounding():
    """Five tenths of all, summed in floating point, come to 0.49999999999999994."""
    curve = cumulative_incidence(range(1, 11), [LIVE] * 5 + [EXITED] * 5)
    assert curve.median == 5


def test_the_median_is_not_reached_when_most_leave():
    assert cumulative_incidence([1, 2, 3], [LIVE, EXITED, EXITED]).median is None


def test_the_naive_median_hides_those_still_waiting():
    days, outcome = [100, 200, 300, 400, 400, 400], [1, 1, 1, 0, 0, 0]
    assert naive_median(days, outcome) == 200
    assert cumulative_incidence(days, outcome).median == 300
    assert naive_median([5], [CENSORED]) is None


def test_nobody_at_all_gives_an_empty_curve():
    curve = cumulative_incidence([], [])
    for column in (curve.days, curve.share, curve.low, curve.high, curve.variance, curve.at_risk):
        assert len(column) == 0
    assert curve.median is None
    assert naive_median([], []) is None
    assert curve.count_at_risk([0, 5]).tolist() == [0, 0]
    assert np.isnan(curve.at([0, 5])).all()


def test_if_nobody_went_live_the_share_is_nought_while_anybody_was_watched():
    curve = cumulative_incidence([10, 20], [EXITED, CENSORED])
    assert len(curve.days) == 0
    assert curve.at([0, 20])[0].tolist() == [0, 0]
    assert np.isnan(curve.at(21)).all()


def test_outcomes_may_be_written_as_digits():
    as_text = cumulative_incidence([1, 2, 3], ["1", "2", "0"])
    assert as_text.share.tolist() == cumulative_incidence([1, 2, 3], [1, 2, 0]).share.tolist()


@pytest.mark.parametrize("days", [[-1, 2], [np.nan, 2], [np.inf, 2], [None, 2]])
def test_days_that_cannot_be_are_refused(days):
    with pytest.raises(ValueError, match="zero or more"):
        cumulative_incidence(days, [LIVE, LIVE])


def test_time_spans_are_refused_rather_than_read_in_some_other_unit():
    with pytest.raises(ValueError, match="plain numbers of days"):
        cumulative_incidence(np.array([1, 2], dtype="timedelta64[s]"), [LIVE, LIVE])


@pytest.mark.parametrize("outcome", [[LIVE], [[LIVE, LIVE]], LIVE])
def test_lists_of_different_length_are_refused(outcome):
    with pytest.raises(ValueError, match="same length"):
        naive_median([1, 2], outcome)


@pytest.mark.parametrize("outcome", [3, -1, 0.5, np.nan])
def test_an_unknown_outcome_is_refused(outcome):
    with pytest.raises(ValueError, match="outcome must be 1"):
        cumulative_incidence([1, 2], [LIVE, outcome])


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
def test_a_level_that_is_no_share_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, level)


def test_wilson_gives_the_known_values():
    assert wilson(10, 20) == pytest.approx((0.2993, 0.7007), abs=5e-5)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=5e-5)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(counts):
    expected = binomtest(*counts).proportion_ci(method="wilson", confidence_level=0.9)
    assert wilson(*counts, level=0.9) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_wilson_takes_whole_columns():
    low, high = wilson([0, 10, 0], [10, 20, 0])
    assert low == pytest.approx([0, 0.2993, np.nan], abs=5e-5, nan_ok=True)
    assert high == pytest.approx([0.2775, 0.7007, np.nan], abs=5e-5, nan_ok=True)


def test_wilson_of_no_trials_is_not_a_number():
    assert np.isnan(wilson(0, 0)).all()


@pytest.mark.parametrize(("successes", "trials"), [(3, 2), (-1, 2), (np.nan, 2)])
def test_wilson_refuses_more_successes_than_trials(successes, trials):
    with pytest.raises(ValueError, match="between 0 and the number of trials"):
        wilson(successes, trials)
