-- An amount is of the size of those beside it: in its row, and of its initiative and category.
-- warning: Check whether the amount is in thousands, or has lost its decimal mark.
with
usual as (
    select
        initiative_id, category, count(*) as times,
        median(abs(coalesce(actual_amount, planned_amount))) as middle
    from after_costs
    where coalesce(actual_amount, planned_amount) <> 0
    group by initiative_id, category
),

amounts as (
    select row, initiative_id, category, 'actual_amount' as target, actual_amount as amount, planned_amount as beside
    from draft_costs
    union all
    select row, initiative_id, category, 'planned_amount', planned_amount, actual_amount
    from draft_costs
),

judged as (
    select
        row, target, amount, beside, middle,
        abs(amount) / nullif(abs(beside), 0) as times_beside,
        times >= 3 and abs(amount) > 300 * middle as is_far,
        times >= 3 and amount <> 0 and abs(amount) * 300 < middle as is_tiny
    from amounts
    left join usual using (initiative_id, category)
)

select
    row, target, amount::text as value,
    case
        when is_far then 'This is ' || round(abs(amount) / middle)::bigint || ' times the usual '
            || round(middle, 2) || ' of this initiative.'
        when is_tiny then 'This is a ' || round(middle / abs(amount))::bigint || 'th of the usual '
            || round(middle, 2) || ' of this initiative.'
        else 'This is ' || round(times_beside)::bigint || ' times the ' || beside
            || ' beside it.'
    end as says
from judged
where is_far or is_tiny or times_beside between 300 and 3000
