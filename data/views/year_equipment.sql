-- What there was, in the last year, of the capabilities the actions of the five steps need: one row per
-- action, initiative assessed and day of `year_standing`. Missing 0, partial 0.5, in place 1; an action
-- that needs several has their mean, those not assessed counting 0.
create or replace view year_equipment as
with

days as (
    select as_of() as day_on
    union all
    select last_day(month_on::date)
    from range(
        date_trunc('month', as_of()) - interval 12 months, date_trunc('month', as_of()), interval 1 month
    ) as months (month_on)
),

needed (action, capability, count_needed) as (
    values
        ('2.1', 'data_pipeline', 1),
        ('2.2', 'gpu_compute', 1),
        ('2.3', 'deployment_pipeline', 1),
        ('3.1', 'automated_retraining', 1),
        ('3.2', 'model_versioning', 1),
        ('3.3', 'model_drift_monitoring', 3),
        ('3.3', 'performance_monitoring', 3),
        ('3.3', 'alerting', 3),
        ('4.1', 'application_integration', 1),
        ('4.3', 'decision_automation', 1),
        ('5.1', 'governance_framework', 1)
),

assessed as (
    select
        initiative_id, action, count_needed,
        case state when 'in_place' then 1 when 'partial' then 0.5 else 0 end as score,
        assessed_on as from_on,
        lead(assessed_on, 1, as_of() + 1) over (
            partition by initiative_id, capability order by assessed_on
        ) as until_on
    from capabilities
    join needed using (capability)
)

select day_on, initiative_id, action, sum(score / count_needed) as score
from days
join assessed on from_on <= day_on and day_on < until_on
group by day_on, initiative_id, action;
