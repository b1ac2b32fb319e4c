-- Which moves between stages did initiatives make?
-- One row per pair of stages, and one per stage where initiatives stay (to_stage empty).
with

ranked as (
    select
        initiative_id, stage,
        coalesce(entered_on, observed_on) as seen_on,
        stage_rank(stage) as stage_rank
    from deployment_status
),

moved as (
    select
        initiative_id, stage, stage_rank,
        lead(stage) over (partition by initiative_id order by seen_on, stage_rank) as to_stage
    from ranked
)

select stage as from_stage, stage_rank, to_stage, count(distinct initiative_id) as count_initiatives
from moved
where to_stage is distinct from stage
group by all
order by stage_rank, to_stage
