-- What have the five steps brought so far?
-- One row per output of a step and thing it counts (an initiative, a process or a unit), with whether that has it.
with

held as (
    select initiative_id, list(capability) as capabilities
    from (
        select initiative_id, capability, max_by(state, assessed_on) as state from capabilities group by all
    )
    where state = 'in_place'
    group by initiative_id
),

versions as (
    select initiative_id, max(count_versions) as count_versions
    from (
        select initiative_id, model, count(distinct version) as count_versions
        from model_metrics_daily
        group by all
    )
    group by initiative_id
),

live_since as (
    select initiative_id, min(coalesce(entered_on, observed_on)) as live_on
    from deployment_status
    where stage in ('production', 'scaled')
    group by initiative_id
),

facts as (
    select
        standing.initiative_id, name, unit, is_live, is_open, process, coalesce(capabilities, []) as has,
        coalesce(trim(process), '') <> '' and coalesce(trim(goal), '') <> ''
            and coalesce(trim(description), '') <> '' as is_defined,
        coalesce(trim(success_metric), '') <> '' and baseline is not null and target is not null as is_measurable,
        coalesce(count_versions > 1, false) as is_redeployed,
        not coalesce(is_live_red or is_live_unmeasured, false) as is_stable,
        coalesce((actual - baseline) * (target - baseline) > 0, false) as is_improved,
        live_on > as_of() - 365 and planned_live_on is not null as is_promised,
        live_on <= planned_live_on + 30 as is_punctual
    from standing
    join initiatives using (initiative_id)
    left join held using (initiative_id)
    left join versions using (initiative_id)
    left join live_since using (initiative_id)
    left join risk using (initiative_id)
    where is_open or is_live
),

by_process as (
    select process, bool_or(is_live and list_contains(has, 'decision_automation')) as is_met
    from facts
    where coalesce(trim(process), '') <> ''
    group by process
),

by_unit as (
    select unit, bool_or(is_live and list_contains(has, 'governance_framework')) as is_met
    from facts
    group by unit
),

counted (output, thing, initiative_id, is_met) as (
    select '1a', name, initiative_id, is_defined from facts
    union all select '1b', name, initiative_id, is_measurable from facts
    union all select '2a', name, initiative_id, list_has_all(has, ['data_pipeline', 'deployment_pipeline'])
        from facts where is_live
    union all select '2b', name, initiative_id, list_has_all(has, ['gpu_compute', 'containerized_inference'])
        from facts where is_live
    union all select '3a', name, initiative_id, is_redeployed from facts where is_live
    union all select '3b', name, initiative_id, is_stable from facts where is_live
    union all select '4a', process, null, is_met from by_process
    union all select '4b', name, initiative_id, is_improved from facts where is_live
    union all select '5a', unit, null, is_met from by_unit
    union all select '5b', name, initiative_id, is_punctual from facts where is_live and is_promised
)

select * from counted order by output, is_met, thing, initiative_id
