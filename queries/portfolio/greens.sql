-- Whose greens turned red later?
-- One row per initiative declared green for a day before: the first such day, and how it does now.
with

green as (
    select initiative_id, min(declared_on) as declared_on
    from declarations
    where declared_status = 'green' and declared_on < as_of()
    group by initiative_id
)

select
    initiative_id, name, owner, declared_on, computed_status,
    coalesce(is_lost, false) as is_lost,
    coalesce(computed_status = 'red', false) or coalesce(is_lost, false) as is_turned
from green
join initiatives using (initiative_id)
left join standing using (initiative_id)
left join computed_status using (initiative_id)
order by is_turned desc, declared_on, initiative_id
