-- Which objects of the platforms belong to no initiative?
-- One row per object, by platform and name; those linked since the last pull are gone.
with

latest as (
    select source, max_by(found, number) as found
    from pulls
    where found is not null
    group by source
),

objects as (
    select
        source,
        unnest(from_json(
            found -> '$.unmapped',
            '[{"kind": "VARCHAR", "key": "VARCHAR", "name": "VARCHAR", "url": "VARCHAR"}]'
        ), recursive := true)
    from latest
)

select source, kind, name, key, url
from objects
where (source, key) not in (select (source, key) from links)
order by source, kind, name, key
