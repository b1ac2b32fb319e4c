-- An amount is of the size of those beside it: in its row, and of its initiative and {sort}.
-- warning: Check whether the amount is in thousands, or has lost its decimal mark.
with
usual as (
    select initiative_id, {sort}, median(abs(coalesce({done}, planned_amount))) as middle
    from uneven_{table}
    where coalesce({done}, planned_amount) <> 0
    group by initiative_id, {sort}
    having count(*) >= 3
),

amounts as (
    select *, '{done}' as target, {done} as amount, planned_amount as beside
    from uneven_{table}
    union all
    select *, 'planned_amount', planned_amount, {done}
    from uneven_{table}
),

judged as (
    select
        row, target, amount, beside, middle,
        abs(amount) / nullif(abs(beside), 0) as times_beside,
        abs(amount) > 300 * middle as is_far,
        amount <> 0 and abs(amount) * 300 < middle as is_tiny
    from amounts
    left join usual using (initiative_id, {sort})
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
