-- Which objects of the platforms belong to no initiative?
-- One row per object, by platform and name; those linked since the last good pull are gone.
with

latest as (
    select
        source,
        max_by((found -> '$.unmapped'), number) filter ((found -> '$.unmapped') is not null) as unmapped,
        max(started_at) as pulled_at
    from pulls
    where outcome <> 'failed'
    group by source
),

objects as (
    select
        source, pulled_at,
        unnest(from_json(
            unmapped,
            '[{"kind": "VARCHAR", "key": "VARCHAR", "name": "VARCHAR", "url": "VARCHAR"}]'
        ), recursive := true)
    from latest
)

select source, kind, name, key, url
from objects
where not exists (
    select 1 from links
    where links.source = objects.source and links.key = objects.key and linked_at > pulled_at
)
order by source, kind, name, key
