-- An amount is of the size of those beside it: in its row, and of its initiative and kind.
-- warning: Check whether the amount is in thousands, or has lost its decimal mark.
with
usual as (
    select
        initiative_id, kind, count(*) as times,
        median(abs(coalesce(realised_amount, planned_amount))) as middle
    from after_benefits
    where coalesce(realised_amount, planned_amount) <> 0
    group by initiative_id, kind
),

amounts as (
    select row, initiative_id, kind, 'realised_amount' as target, realised_amount as amount, planned_amount as beside
    from draft_benefits
    union all
    select row, initiative_id, kind, 'planned_amount', planned_amount, realised_amount
    from draft_benefits
),

judged as (
    select
        row, target, amount, beside, middle,
        abs(amount) / nullif(abs(beside), 0) as times_beside,
        times >= 3 and abs(amount) > 300 * middle as is_far,
        times >= 3 and amount <> 0 and abs(amount) * 300 < middle as is_tiny
    from amounts
    left join usual using (initiative_id, kind)
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
