-- How many initiatives cross from idea to production?
-- One row per stage, idea first: how many ever reached it, how many are there now.
with

stages (stage, stage_rank) as (
    values ('idea', 1), ('proof_of_concept', 2), ('pilot', 3), ('production', 4), ('scaled', 5)
),

counted as (
    select
        stages.stage, stage_rank,
        count(initiative_id) as count_reached,
        count(initiative_id) filter (standing.stage = stages.stage) as count_here,
        count(initiative_id) filter (standing.stage = stages.stage and is_stalled) as count_stalled,
        count(initiative_id) filter (is_lost and furthest_rank = stage_rank) as count_lost_here
    from stages
    left join standing on furthest_rank >= stage_rank
    group by all
)

select
    *,
    lead(count_reached) over (order by stage_rank) as count_reached_next,
    lead(count_reached) over (order by stage_rank) / nullif(count_reached, 0) as next_share
from counted
order by stage_rank
