-- Does each initiative do as well as its owner declares?
-- One row per initiative: the declared and the computed status, why, and how many steps too rosy it is.
select
    initiatives.initiative_id, declared_status, computed_status, coalesce(because, []) as because,
    list_position(['green', 'amber', 'red'], computed_status)
        - list_position(['green', 'amber', 'red'], declared_status) as rosy_steps
from initiatives
left join computed_status using (initiative_id)
order by rosy_steps desc nulls last, initiatives.initiative_id
