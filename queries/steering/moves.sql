-- Which initiatives moved to another stage since a day?
-- One row per move after $from_on, latest first; from_stage is empty for the first stage of one.
with

seen as (
    select
        initiative_id, stage, coalesce(entered_on, observed_on) as moved_on,
        stage_rank(stage) as stage_rank
    from deployment_status
),

moved as (
    select
        *, lag(stage) over (partition by initiative_id order by moved_on, stage_rank) as from_stage
    from seen
)

select initiative_id, name, unit, from_stage, stage as to_stage, moved_on
from moved
join initiatives using (initiative_id)
where moved_on > $from_on and stage is distinct from from_stage
order by moved_on desc, stage_rank desc, name, initiative_id
