-- Where did the money go?
-- One row per unit, category and stage the initiative was in that month: planned and actual to date.
with

ranked as (
    select
        initiative_id, coalesce(entered_on, observed_on) as seen_on,
        arg_max(stage, stage_rank(stage)) as stage
    from deployment_status
    group by all
),

monthly as (
    select *, least(last_day(month), as_of()) as seen_by
    from costs
    where month <= as_of()
),

staged as (
    select monthly.*, ranked.stage
    from monthly
    asof left join ranked
        on monthly.initiative_id = ranked.initiative_id and monthly.seen_by >= ranked.seen_on
)

select
    unit, category, stage,
    sum(planned_amount) as planned_amount,
    sum(actual_amount) as actual_amount,
    sum(actual_amount) filter (planned_amount is null) as unplanned_amount,
    sum(planned_amount) filter (actual_amount is null) as unreported_amount
from staged
join initiatives using (initiative_id)
group by all
order by all
