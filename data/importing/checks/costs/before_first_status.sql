-- Nothing is spent on an initiative before it begins.
-- warning: Correct the month, or bring in the day the initiative began.
with
begun as (
    select initiative_id, min(entered_on) as first_on
    from after_deployment_status
    group by initiative_id
    having count(entered_on) = count(*)
)

select
    row, 'month' as target, strftime(month, '%Y-%m') as value,
    initiative_id || ' has an actual cost in ' || strftime(month, '%B %Y')
        || ', and its first status is of ' || first_on || '.' as says
from draft_costs
join begun using (initiative_id)
where actual_amount <> 0 and month < date_trunc('month', first_on)
