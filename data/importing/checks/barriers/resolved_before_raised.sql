-- A barrier is resolved after it was raised.
-- warning: Correct one of the two days.
select
    row, 'resolved_on' as target, resolved_on::text as value,
    'It was resolved on ' || resolved_on || ', before it was raised on ' || raised_on || '.' as says
from draft_barriers
where resolved_on < raised_on
