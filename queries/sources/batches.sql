-- What was brought in, by whom, and does it count?
-- One row per batch, latest first.
select *
from batches
order by number desc
