-- An amount is of the size of those beside it: in its row, and of its initiative and kind.
-- warning: Check whether the amount is in thousands, or has lost its decimal mark.
with
usual as (
    select initiative_id, kind, median(abs(coalesce(realised_amount, planned_amount))) as middle
    from uneven_benefits
    where coalesce(realised_amount, planned_amount) <> 0
    group by initiative_id, kind
    having count(*) >= 3
),

amounts as (
    select *, 'realised_amount' as target, realised_amount as amount, planned_amount as beside
    from uneven_benefits
    union all
    select *, 'planned_amount', planned_amount, realised_amount
    from uneven_benefits
),

judged as (
    select
        row, target, amount, beside, middle,
        abs(amount) / nullif(abs(beside), 0) as times_beside,
        abs(amount) > 300 * middle as is_far,
        amount <> 0 and abs(amount) * 300 < middle as is_tiny
    from amounts
    left join usual using (initiative_id, kind)
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
