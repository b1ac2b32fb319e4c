-- One row per series and day.
create or replace view model_metrics_daily as
select initiative_id, model, version, metric, measured_on, value, value_low, value_high, count_values
from (
    select * from model_metrics_daily_current where getvariable('known_at') is null
    union all by name
    select
        initiative_id, model, version, metric, measured_at::date as measured_on,
        max_by(value, measured_at) as value, min(value) as value_low, max(value) as value_high,
        count(*) as count_values, unit, sponsor
    from model_metrics_history left join (select initiative_id, unit, sponsor from initiatives_history)
        using (initiative_id)
    where getvariable('known_at') is not null
    group by all
)
where measured_on <= as_of() and unit is not null and is_chosen(unit, sponsor);
