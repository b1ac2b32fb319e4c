-- No month that is still to come has a realised benefit.
-- warning: Move the amount to the plan, or correct the month.
select
    row, 'realised_amount' as target, realised_amount::text as value,
    'A realised benefit in ' || strftime(month, '%B %Y') || ', after the day the file describes.' as says
from draft_benefits
where month > file_day() and realised_amount <> 0
