-- Where every initiative stands as of the day: one row per initiative with at least one status row.
create or replace view standing as
with

seen as (
    select
        initiative_id, stage, entered_on, coalesce(entered_on, observed_on) as seen_on,
        list_position(
            ['idea', 'proof_of_concept', 'pilot', 'production', 'scaled', 'stopped', 'retired'], stage
        ) as stage_rank
    from deployment_status
),

placed as (
    select
        *,
        last_value(stage) over (
            partition by initiative_id order by seen_on, stage_rank
            rows between unbounded preceding and unbounded following
        ) as now_in,
        max(seen_on) filter (stage_rank <= 5) over (partition by initiative_id) as last_active_on
    from seen
),

stays as (
    select *, max(seen_on) filter (stage <> now_in) over (partition by initiative_id) as last_elsewhere_on
    from placed
),

latest as (
    select
        initiative_id,
        any_value(now_in) as stage,
        max(seen_on) as seen_on,
        min(seen_on) as first_seen_on,
        min(entered_on) as first_on,
        -- When the stay in the current stage began: its last entry after every other stage's last row.
        max(entered_on) filter (
            stage = now_in and seen_on >= coalesce(last_elsewhere_on, seen_on)
        ) as entered_on,
        -- When an initiative that left did so: its first exit after its last active row.
        min(seen_on) filter (
            stage_rank > 5 and seen_on >= coalesce(last_active_on, seen_on)
        ) as exit_on,
        coalesce(max(stage_rank) filter (stage_rank <= 5), 0) as furthest_rank
    from stays
    group by initiative_id
)

select
    initiative_id,
    stage,
    seen_on,
    entered_on,
    as_of() - entered_on as days_in_stage,
    first_on,
    first_on is null or first_on > first_seen_on as is_start_unknown,
    case when stage in ('stopped', 'retired') then exit_on end as left_on,
    furthest_rank,
    stage in ('idea', 'proof_of_concept', 'pilot') as is_open,
    stage in ('proof_of_concept', 'pilot') as is_in_pilot_work,
    stage in ('production', 'scaled') as is_live,
    stage = 'stopped' or (stage = 'retired' and furthest_rank < 4) as is_lost,
    is_open and coalesce(days_in_stage > getvariable('stalled_days'), false) as is_stalled
from latest;
