-- A barrier was raised before the day the file describes.
-- warning: Correct the day.
select
    row, 'raised_on' as target, raised_on::text as value,
    'It is raised on ' || raised_on || ', after the day the file describes.' as says
from draft_barriers
where raised_on > file_day()
