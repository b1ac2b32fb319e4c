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
            '1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '3.1', '3.2', '3.3', '4.1', '4.2', '4.3', '5.1', '5.2', '5.3'
        ]) as action,
        unnest([
            (coalesce(trim(process), '') <> '')::double,
            (coalesce(trim(success_metric), '') <> '' and target is not null)::double,
            (coalesce(trim(goal), '') <> '')::double,
            data_pipeline,
            gpu_compute,
            deployment_pipeline,
            automated_retraining,
            model_versioning,
            monitoring,
            case when len(integrates_with) > 0 then 1 else application_integration end,
            coalesce(day_on - measured_on <= 30, false)::double,
            decision_automation,
            governance_framework,
            coalesce(spent_on <= day_on and returned_on <= day_on and measured_on is not null, false)::double,
            is_scaled::double
        ]) as score
    from year_standing
    join initiatives using (initiative_id)
    left join year_equipment using (day_on, initiative_id)
    left join measured using (day_on, initiative_id)
    left join spent using (initiative_id)
    left join returned using (initiative_id)
)

select * from scored where is_live or action not in ('4.2', '5.3');
