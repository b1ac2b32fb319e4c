-- Which objects of the platforms were linked to which initiative, and by whom?
-- One row per link that stands, latest first; without a name where the initiative left the board.
select source, kind, links.name, key, initiative_id, initiatives.name as initiative, model, linked_at, linked_by
from links
left join initiatives using (initiative_id)
where initiatives.name is not null or not is_on_board
order by linked_at desc, source, key
