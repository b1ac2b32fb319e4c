-- Which initiative has which of what production needs?
-- One row per open or live initiative and capability or team; the state is empty where nobody assessed it.
with

things (thing, is_team, thing_rank) as (
    values
        ('data_pipeline', false, 1),
        ('model_versioning', false, 2),
        ('automated_retraining', false, 3),
        ('containerized_inference', false, 4),
        ('model_drift_monitoring', false, 5),
        ('data_drift_monitoring', false, 6),
        ('performance_monitoring', false, 7),
        ('alerting', false, 8),
        ('application_integration', false, 9),
        ('decision_automation', false, 10),
        ('engineering', true, 11),
        ('data_science', true, 12),
        ('product', true, 13),
        ('operations', true, 14),
        ('finance', true, 15),
        ('gpu_compute', false, 16),
        ('deployment_pipeline', false, 17),
        ('governance_framework', false, 18)
),

assessed as (
    select
        initiative_id, capability as thing,
        max_by(state, assessed_on) as state,
        max(assessed_on) as assessed_on,
        max_by(evidence, assessed_on) as evidence
    from capabilities
    group by all
),

known as (
    select
        initiative_id, name, unit, standing.stage, is_live, benefit_base_amount, thing, thing_rank,
        case
            when not is_team then state
            when list_contains(teams, thing) then 'in_place'
            when len(teams) > 0 then 'missing'
        end as state,
        assessed_on, evidence
    from standing
    join initiatives using (initiative_id)
    cross join things
    left join assessed using (initiative_id, thing)
    where is_open or is_live
)

select
    * exclude (thing_rank),
    case state when 'in_place' then 1.0 when 'partial' then 0.5 else 0.0 end as score
from known
order by unit, name, initiative_id, thing_rank
