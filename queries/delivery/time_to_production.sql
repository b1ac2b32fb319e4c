-- How long does it take to go live, counting those still waiting?
-- One row per initiative that reached the starting stage: its days and outcome, or why it is left out.
with

entries as (
    select
        initiative_id,
        min(entered_on) filter (stage = $from_stage) as started_on,
        min(entered_on) filter (stage in ('production', 'scaled')) as live_on
    from deployment_status
    group by initiative_id
),

exits as (
    select initiative_id, min(coalesce(deployment_status.entered_on, observed_on)) as exit_on
    from deployment_status
    join entries using (initiative_id)
    where stage in ('stopped', 'retired')
        and coalesce(deployment_status.entered_on, observed_on) >= started_on
    group by initiative_id
),

followed as (
    select
        standing.initiative_id, started_on,
        case
            when started_on is null then 'no dated entry'
            when furthest_rank >= 4 and live_on is null then 'live but undated'
            when live_on < started_on then 'negative duration'
        end as left_out,
        case
            when exit_on is not null and (live_on is null or exit_on < live_on) then 'exit'
            when live_on is not null then 'live'
            else 'waiting'
        end as outcome,
        case outcome when 'exit' then exit_on when 'live' then live_on else as_of() end as ended_on
    from standing
    join entries using (initiative_id)
    left join exits using (initiative_id)
    where furthest_rank >= list_position(['idea', 'proof_of_concept', 'pilot'], $from_stage)
)

select
    initiative_id, name, unit, started_on,
    case when left_out is null then ended_on end as ended_on,
    case when left_out is null then ended_on - started_on end as duration_days,
    case when left_out is null then outcome end as outcome,
    left_out
from followed
join initiatives using (initiative_id)
order by duration_days, initiative_id
