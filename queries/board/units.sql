-- Which units are there?
-- One row per unit, by name.
select unit, count(*) as count_initiatives
from initiatives
group by unit
order by unit
