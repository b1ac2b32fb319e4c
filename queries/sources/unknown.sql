-- Which initiatives do the platforms name that the board does not know?
-- One row per platform and identifier, as of the last pulls that told.
with

latest as (
    select source, max_by(found -> '$.unknown', number) as unknown
    from pulls
    where (found -> '$.unknown') is not null
    group by source
),

named as (
    select source, unnest(from_json(unknown, '["VARCHAR"]')) as initiative_id from latest
)

select source, initiative_id
from named
where initiative_id not in (select initiative_id from initiatives)
order by source, initiative_id
