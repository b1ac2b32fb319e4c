-- Which scenarios were saved?
-- One row per name, by name; those removed can be brought back.
select name, assumptions, is_removed, changed_by, changed_at
from scenarios
order by is_removed, lower(name), name
