-- Which objects of the platforms were linked to which initiative, and by whom?
-- One row per link that stands, latest first.
select source, kind, links.name, key, initiative_id, initiatives.name as initiative, model, linked_at, linked_by
from links
join initiatives using (initiative_id)
order by linked_at desc, source, key
