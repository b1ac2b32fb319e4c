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
    where initiative_id in (select initiative_id from initiatives)
),

latest as (
    select
        initiative_id,
        last(stage order by seen_on, stage_rank) as stage,
        max(seen_on) as seen_on,
        min(entered_on) as first_on,
        max(stage_rank) filter (stage_rank <= 5) as furthest_rank
    from seen
    group by initiative_id
),

elsewhere as (
    select initiative_id, max(seen.seen_on) as last_seen_on
    from seen
    join latest using (initiative_id)
    where seen.stage <> latest.stage
    group by initiative_id
),

-- When the stay in the current stage began: its last entry after every other stage's last row.
stay as (
    select initiative_id, max(seen.entered_on) as entered_on
    from seen
    join latest using (initiative_id, stage)
    left join elsewhere using (initiative_id)
    where elsewhere.last_seen_on is null or seen.seen_on >= elsewhere.last_seen_on
    group by initiative_id
),

-- When an initiative that left did so: its first exit after its last active row.
exits as (
    select initiative_id, min(seen.seen_on) as exit_on
    from seen
    left join (
        select initiative_id, max(seen_on) as last_active_on
        from seen
        where stage_rank <= 5
        group by initiative_id
    ) using (initiative_id)
    where stage_rank > 5 and (last_active_on is null or seen.seen_on >= last_active_on)
    group by initiative_id
)

select
    initiative_id,
    stage,
    seen_on,
    entered_on,
    as_of() - entered_on as days_in_stage,
    first_on,
    case when latest.stage in ('stopped', 'retired') then exit_on end as left_on,
    coalesce(furthest_rank, 0) as furthest_rank,
    stage in ('idea', 'proof_of_concept', 'pilot') as is_open,
    stage in ('proof_of_concept', 'pilot') as is_in_pilot_work,
    stage in ('production', 'scaled') as is_live,
    stage = 'stopped' or (stage = 'retired' and coalesce(furthest_rank, 0) < 4) as is_lost,
    is_open and coalesce(days_in_stage > getvariable('stalled_days'), false) as is_stalled
from latest
left join stay using (initiative_id)
left join exits using (initiative_id);
