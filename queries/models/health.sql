-- Are live models well, and what money rests on the sick ones?
-- One row per live initiative and model (no model: one row, unmeasured), most value at risk first.
with

metric_state as (
    select *, list_position(['red', 'amber', 'no target', 'green', 'stale'], state) as severity
    from model_state
),

-- Of a kind, the worst of what is measured; stale only when all of it is.
by_kind as (
    select initiative_id, model, kind, min_by(state, severity) as state
    from metric_state
    where kind is not null
    group by initiative_id, model, kind
),

cells as (
    select
        initiative_id, model,
        any_value(state) filter (kind = 'performance') as performance,
        any_value(state) filter (kind = 'model_drift') as model_drift,
        any_value(state) filter (kind = 'data_drift') as data_drift,
        any_value(state) filter (kind = 'service') as service
    from by_kind
    group by initiative_id, model
),

measured as (
    select
        initiative_id, model,
        list(distinct version order by version) as versions,
        min(days_since) as days_since, max(measured_on) as measured_on,
        count(distinct metric) filter (state = 'no target' or kind is null) as count_without_target,
        min_by(metric, (severity, metric)) filter (kind = 'performance') as main_metric
    from metric_state
    group by initiative_id, model
),

-- The last value of each of the last 26 weeks.
weekly as (
    select
        initiative_id, model, metric, date_trunc('week', measured_on) as week,
        max_by(value, (measured_on, version)) as value
    from model_metrics_daily
    where measured_on > as_of() - 182
    group by all
),

trends as (
    select weekly.initiative_id, weekly.model, list(weekly.value order by week) as performance_trend
    from weekly
    join measured on measured.initiative_id = weekly.initiative_id
        and measured.model = weekly.model and measured.main_metric = weekly.metric
    group by all
)

select
    standing.initiative_id, name, unit, owner, model, coalesce(versions, []) as versions,
    case
        when model is null then 'unmeasured'
        when 'red' in (performance, service) then 'red'
        when 'amber' in (performance, service, model_drift, data_drift) then 'amber'
        when 'stale' in (performance, service, model_drift, data_drift) or days_since > 30 then 'stale'
        when performance is null and count_without_target = 0 then 'unmeasured'
        when performance is null or 'no target' in (performance, service, model_drift, data_drift) then 'no target'
        else 'green'
    end as state,
    coalesce(performance, 'unmeasured') as performance,
    coalesce(model_drift, 'unmeasured') as model_drift,
    coalesce(data_drift, 'unmeasured') as data_drift,
    coalesce(service, 'unmeasured') as service,
    main_metric, coalesce(performance_trend, []) as performance_trend,
    measured_on, days_since, coalesce(count_without_target, 0) as count_without_target,
    benefit_base_amount, red_since_on, as_of() - red_since_on as red_days,
    benefit_base_amount / 365 * (as_of() - red_since_on) as value_at_risk_amount
from standing
join initiatives using (initiative_id)
left join measured using (initiative_id)
left join cells using (initiative_id, model)
left join trends using (initiative_id, model)
left join model_red using (initiative_id, model)
where is_live
order by
    value_at_risk_amount desc nulls last,
    list_position(['red', 'amber', 'stale', 'unmeasured', 'no target', 'green'], state),
    benefit_base_amount desc nulls last, name, standing.initiative_id, model
