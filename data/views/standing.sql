-- Where every initiative stands as of the day: one row per initiative with at least one status row.
create or replace view standing as
with

by_stage as (
    select
        initiative_id, stage,
        stage_rank(stage) as stage_rank,
        min(entered_on) as first_on,
        min(coalesce(entered_on, observed_on)) as first_seen_on,
        max(entered_on) as entered_on,
        max(coalesce(entered_on, observed_on)) as seen_on,
        list(coalesce(entered_on, observed_on)) as days
    from deployment_status
    group by initiative_id, stage
),

latest as (
    select
        initiative_id,
        arg_max({'stage': stage, 'entered_on': entered_on}, (seen_on, stage_rank)) as here,
        max(seen_on, 2) as latest_days,
        min(first_on) as first_on,
        min(first_seen_on) as first_seen_on,
        max(stage_rank) filter (stage_rank <= 5) as furthest_rank,
        max(seen_on) filter (stage_rank <= 5) as last_active_on,
        flatten(list(days) filter (stage_rank > 5)) as exit_days
    from by_stage
    group by initiative_id
)

select
    initiative_id,
    here.stage as stage,
    latest_days[1] as seen_on,
    -- When the stay in the current stage began: its last entry, unless another stage was seen since.
    case when latest_days[2] is null or here.entered_on >= latest_days[2] then here.entered_on end as entered_on,
    as_of() - entered_on as days_in_stage,
    first_on,
    first_on is null or first_on > first_seen_on as is_start_unknown,
    -- When an initiative that left did so: its first exit after its last active row.
    case when stage in ('stopped', 'retired') then list_min(list_filter(
        exit_days, lambda day: last_active_on is null or day >= last_active_on
    )) end as left_on,
    coalesce(furthest_rank, 0) as furthest_rank,
    stage in ('idea', 'proof_of_concept', 'pilot') as is_open,
    stage in ('proof_of_concept', 'pilot') as is_in_pilot_work,
    stage in ('production', 'scaled') as is_live,
    stage = 'stopped' or (stage = 'retired' and coalesce(latest.furthest_rank, 0) < 4) as is_lost,
    is_open and coalesce(days_in_stage > getvariable('stalled_days'), false) as is_stalled
from latest;
