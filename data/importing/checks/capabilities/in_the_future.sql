-- A capability was assessed before the day the file describes.
-- warning: Correct the day.
select
    row, 'assessed_on' as target, assessed_on::text as value,
    'It is assessed on ' || assessed_on || ', after the day the file describes.' as says
from draft_capabilities
where assessed_on > file_day()
