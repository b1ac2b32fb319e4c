-- The latest value of every series of a model's latest version, and its state.
-- Drift alone is at most amber; red needs a performance or service metric past its red line.
create or replace view model_state as
with

series as (
    select
        initiative_id, model, version, metric,
        max(measured_on) as measured_on, max_by(value, measured_on) as value
    from model_metrics_daily
    group by all
),

latest as (
    select *
    from series
    qualify version = last_value(version) over (
        partition by initiative_id, model order by measured_on, version
        rows between unbounded preceding and unbounded following
    )
),

-- An initiative's own target comes before the general one.
target as (
    select
        latest.*,
        coalesce(own.kind, general.kind) as kind,
        coalesce(own.higher_is_better, general.higher_is_better) as higher_is_better,
        case when own.metric is null then general.amber else own.amber end as amber,
        case when own.metric is null then general.red else own.red end as red
    from latest
    left join metric_targets as own
        on own.metric = latest.metric and own.initiative_id = latest.initiative_id
    left join metric_targets as general
        on general.metric = latest.metric and general.initiative_id is null
),

past as (
    select
        *,
        as_of() - measured_on as days_since,
        case when higher_is_better then value < red else value > red end as is_past_red,
        case when higher_is_better then value < amber else value > amber end as is_past_amber
    from target
)

select
    initiative_id, model, version, metric, kind, value, measured_on, days_since,
    case
        when days_since > 30 then 'stale'
        when is_past_red and kind in ('performance', 'service') then 'red'
        when is_past_red or is_past_amber then 'amber'
        when is_past_amber is null and is_past_red is null then 'no target'
        else 'green'
    end as state
from past;
