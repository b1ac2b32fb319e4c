-- Which initiatives cost more than planned?
-- One row per initiative, the largest overrun first; planned and actual to date.
with

to_date as (
    select
        initiative_id,
        sum(planned_amount) as planned_amount,
        sum(actual_amount) as spent_amount
    from costs
    where month <= as_of()
    group by initiative_id
)

select
    initiative_id, name, unit, standing.stage,
    coalesce(furthest_rank >= 4, false) as is_reached_production,
    planned_amount, spent_amount,
    spent_amount - planned_amount as variance_amount,
    variance_amount / nullif(planned_amount, 0) as variance_share
from initiatives
left join standing using (initiative_id)
left join to_date using (initiative_id)
order by variance_amount desc nulls last, initiative_id
