-- Nothing is done before the day has come.
-- warning: Correct the day, or leave it empty until it is done.
select
    row, 'done_on' as target, done_on::text as value,
    'It is done on ' || done_on || ', after the day the file describes.' as says
from draft_decisions
where done_on > file_day()
