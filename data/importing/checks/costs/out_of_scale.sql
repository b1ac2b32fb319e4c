-- An amount is of the size of those beside it: in its row, and of its initiative and category.
-- warning: Check whether the amount is in thousands, or has lost its decimal mark.
with
usual as (
    select initiative_id, category, median(abs(coalesce(actual_amount, planned_amount))) as middle
    from uneven_costs
    where coalesce(actual_amount, planned_amount) <> 0
    group by initiative_id, category
    having count(*) >= 3
),

amounts as (
    select *, 'actual_amount' as target, actual_amount as amount, planned_amount as beside
    from uneven_costs
    union all
    select *, 'planned_amount', planned_amount, actual_amount
    from uneven_costs
),

judged as (
    select
        row, target, amount, beside, middle,
        abs(amount) / nullif(abs(beside), 0) as times_beside,
        abs(amount) > 300 * middle as is_far,
        amount <> 0 and abs(amount) * 300 < middle as is_tiny
    from amounts
    left join usual using (initiative_id, category)
    where row is not null
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
