-- A month costs about what the months before it did.
-- info: Nothing, if it is right; else correct the amount.
with
history as (
    select
        initiative_id, category, count(*) as months,
        max(actual_amount) as highest, median(actual_amount) as middle
    from costs
    where actual_amount > 0
    group by initiative_id, category
)

select
    row, 'actual_amount' as target, actual_amount::text as value,
    'This is ' || round(actual_amount / middle)::bigint || ' times the usual ' || round(middle, 2)
        || ' of the ' || months || ' months that are stored.' as says
from draft_costs
join history using (initiative_id, category)
where months >= 6 and actual_amount > 5 * highest and actual_amount <= 300 * middle
