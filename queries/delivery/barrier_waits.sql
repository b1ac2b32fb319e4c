-- When did each initiative wait behind which barrier?
-- One row per initiative, barrier and stretch of pilot work; overlapping barriers share its days.
select initiative_id, barrier, from_on, until_on, day_share, barrier_days
from barrier_stretches
where barrier is not null
order by initiative_id, from_on, barrier
