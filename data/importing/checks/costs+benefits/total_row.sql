-- No row is a total of the others.
-- warning: Delete the row of the totals, or everything counts twice.
select
    row, 'initiative_id' as target, initiative_id as value,
    'This looks like a row of totals, not like an initiative.' as says
from draft_{table}
where initiative_id in (
    select initiative_id
    from named_{table}
    where regexp_matches(
        lower(initiative_id),
        '^\W*(grand |sub ?|net |overall )?(totals?|sums?|summe|gesamt|somme)\b'
    )
)
