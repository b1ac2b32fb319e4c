-- Which sponsors are there?
-- One row per sponsor, by name.
select sponsor, count(*) as count_initiatives
from initiatives
where sponsor is not null
group by sponsor
order by sponsor
