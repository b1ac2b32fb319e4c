-- When was the last steering meeting before the as-of date?
-- One row, or none: the latest meeting held before that day.
select meeting_id, held_on, title
from meetings
where held_on < as_of()
order by held_on desc
limit 1
