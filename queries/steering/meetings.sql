-- Which steering meetings were held, and which are still to come?
-- One row per meeting, newest first; asked on a day that no meeting comes after.
select *
from meetings
order by held_on desc, meeting_id desc
