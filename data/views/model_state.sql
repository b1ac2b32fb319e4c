-- The latest value of every series of a model's versions in use, and its state.
-- Drift alone is at most amber; red needs a performance or service metric past its red line.
create or replace view model_state as
with

series as (
    select
        initiative_id, model, version, metric,
        min(measured_on) as first_on, max(measured_on) as measured_on, max_by(value, measured_on) as value
    from model_metrics_daily
    group by all
),

versions as (
    select initiative_id, model, version, min(first_on) as first_on, max(measured_on) as last_on
    from series
    group by all
),

-- A version last measured before another was first measured is replaced. Two that overlap are in use at
-- once, as long as both are measured.
in_use as (
    select initiative_id, model, version
    from versions
    qualify last_on >= max(first_on) over (partition by initiative_id, model)
        and (last_on >= as_of() - 30 or last_on = max(last_on) over (partition by initiative_id, model))
),

past as (
    select
        series.* exclude (first_on),
        label, kind, higher_is_better, amber, red,
        as_of() - measured_on as days_since,
        case when higher_is_better then value < red else value > red end as is_past_red,
        case when higher_is_better then value < amber else value > amber end as is_past_amber
    from series
    join in_use using (initiative_id, model, version)
    join metric_lines using (initiative_id, metric)
)

select
    initiative_id, model, version, metric, label, kind, value, higher_is_better, amber, red,
    measured_on, days_since,
    case
        when days_since > 30 then 'stale'
        when is_past_red and kind in ('performance', 'service') then 'red'
        when is_past_red or is_past_amber then 'amber'
        when is_past_amber is null and is_past_red is null then 'no target'
        else 'green'
    end as state
from past;
