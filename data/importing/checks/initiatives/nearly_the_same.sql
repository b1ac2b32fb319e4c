-- No two initiatives of a unit have nearly the same name.
-- warning: If they are one, give both rows the same identifier or keep one.
with
named as (
    select
        row, initiative_id, unit, name,
        trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', ' ', 'g')) as plain,
        list_sort(regexp_extract_all(name, '\d+')) as figures
    from after_initiatives
),

pairs as (
    select
        here.row, here.name, there.name as other, there.row as other_row
    from named as here
    join named as there
        on
            here.unit = there.unit
            and here.plain[:3] = there.plain[:3]
            and here.figures = there.figures
            and here.initiative_id <> there.initiative_id
    where
        here.row is not null
        and (there.row is null or there.row < here.row)
        and length(here.plain) > 5
        and here.name <> there.name
        and (
            here.plain = there.plain
            or jaro_winkler_similarity(here.plain, there.plain) > 0.96
        )
)

select
    row, 'name' as target, any_value(name) as value,
    'The name is nearly that of "' || any_value(other) || '" in '
        || coalesce('row ' || any_value(other_row), 'what is stored')
        || ', in the same unit.' as says
from pairs
group by row
