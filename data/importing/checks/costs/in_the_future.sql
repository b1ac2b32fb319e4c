-- No month that is still to come has an actual cost.
-- warning: Move the amount to the plan, or correct the month.
select
    row, 'actual_amount' as target, actual_amount::text as value,
    'An actual cost in ' || strftime(month, '%B %Y') || ', after the day the file describes.' as says
from draft_costs
where month > file_day() and actual_amount <> 0
