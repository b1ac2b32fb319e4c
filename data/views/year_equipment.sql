-- What there was of the capabilities the five steps need: one row per initiative assessed and day of
-- `year_days`. Missing 0, partial 0.5, in place 1, empty where not assessed; monitoring is the mean of the
-- three it needs, those not assessed counting 0.
create or replace view year_equipment as
with

assessed as (
    select
        initiative_id, capability,
        case state when 'in_place' then 1.0::double when 'partial' then 0.5 else 0 end as score,
        assessed_on as from_on,
        lead(assessed_on, 1, as_of() + 1) over (
            partition by initiative_id, capability order by assessed_on
        ) as until_on
    from capabilities
)

select
    day_on, initiative_id,
    max(score) filter (capability = 'data_pipeline') as data_pipeline,
    max(score) filter (capability = 'gpu_compute') as gpu_compute,
    max(score) filter (capability = 'deployment_pipeline') as deployment_pipeline,
    max(score) filter (capability = 'automated_retraining') as automated_retraining,
    max(score) filter (capability = 'model_versioning') as model_versioning,
    sum(score) filter (capability in ('model_drift_monitoring', 'performance_monitoring', 'alerting')) / 3
        as monitoring,
    max(score) filter (capability = 'application_integration') as application_integration,
    max(score) filter (capability = 'decision_automation') as decision_automation,
    max(score) filter (capability = 'governance_framework') as governance_framework
from year_days
join assessed on from_on <= day_on and day_on < until_on
group by day_on, initiative_id;
