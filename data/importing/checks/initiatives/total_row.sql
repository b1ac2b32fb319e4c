-- No row is a total of the others.
-- warning: Delete the row of the totals, or everything counts twice.
select
    row, 'name' as target, name as value,
    'This looks like a row of totals, not like an initiative.' as says
from draft_initiatives
where regexp_matches(
    lower(name), '^\W*(grand |sub ?|net |overall )?(totals?|sums?|summe|gesamt|somme)\b'
)
