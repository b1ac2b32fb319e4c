-- What speaks for each action of the five steps: one row per action, initiative it is asked of, and day of
-- `year_days`. The score is 0 to 1, empty where nobody assessed it.
create or replace view action_evidence as
with

-- By months, as the days are months' ends: the last day measured in each is enough.
metric_months as (
    select initiative_id, max(measured_on) as measured_on
    from model_metrics_daily
    group by initiative_id, date_trunc('month', measured_on)
),

measured as (
    select day_on, initiative_id, max(measured_on) as measured_on
    from year_days
    join metric_months on measured_on <= day_on
    group by day_on, initiative_id
),

spent as (
    select initiative_id, min(month) as spent_on from costs where actual_amount is not null group by all
),

returned as (
    select initiative_id, min(month) as returned_on from benefits where realised_amount is not null group by all
),

scored as (
    select
        day_on, initiative_id, is_live, benefit_base_amount,
        unnest([
            {action: '1.1', score: (coalesce(trim(process), '') <> '')::double},
            {action: '1.2', score: (coalesce(trim(success_metric), '') <> '' and target is not null)::double},
            {action: '1.3', score: (coalesce(trim(goal), '') <> '')::double},
            {action: '2.1', score: data_pipeline},
            {action: '2.2', score: gpu_compute},
            {action: '2.3', score: deployment_pipeline},
            {action: '3.1', score: automated_retraining},
            {action: '3.2', score: model_versioning},
            {action: '3.3', score: monitoring},
            {action: '4.1', score: case when len(integrates_with) > 0 then 1 else application_integration end},
            {action: '4.2', score: coalesce(day_on - measured_on <= 30, false)::double},
            {action: '4.3', score: decision_automation},
            {action: '5.1', score: governance_framework},
            {action: '5.2', score: coalesce(
                spent_on <= day_on and returned_on <= day_on and measured_on is not null, false
            )::double},
            {action: '5.3', score: is_scaled::double}
        ], recursive := true)
    from year_standing
    join initiatives using (initiative_id)
    left join year_equipment using (day_on, initiative_id)
    left join measured using (day_on, initiative_id)
    left join spent using (initiative_id)
    left join returned using (initiative_id)
)

select * from scored where is_live or action not in ('4.2', '5.3');
