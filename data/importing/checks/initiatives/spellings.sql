-- A unit, an owner or a sponsor is spelled alike in every row.
-- info: Spell it alike in every row, or the board takes them for two.
with
said as (
    select row, 'unit' as target, unit as word from after_initiatives
    union all select row, 'owner', owner from after_initiatives
    union all select row, 'sponsor', sponsor from after_initiatives
),

words as (
    select
        target, word, count(*) as times, min(row) as row,
        list_sort(string_split(trim(regexp_replace(
            lower(strip_accents(word)), '[^a-z0-9]+', ' ', 'g'
        )), ' ')) as parts
    from said
    where word is not null
    group by target, word
)

select
    rarer.row, target, rarer.word as value,
    '"' || rarer.word || '" (' || rarer.times || 'x) may be "'
        || arg_max(usual.word, usual.times) || '" (' || max(usual.times) || 'x) spelled otherwise.'
        as says
from words as rarer
join words as usual using (target)
where
    rarer.row is not null
    and rarer.word <> usual.word
    and (usual.times, usual.word) > (rarer.times, rarer.word)
    and regexp_extract_all(rarer.word, '\d+') = regexp_extract_all(usual.word, '\d+')
    and (
        rarer.parts = usual.parts
        or (
            length(rarer.word) > 5
            and jaro_winkler_similarity(array_to_string(rarer.parts, ' '), array_to_string(usual.parts, ' '))
            > 0.97
        )
    )
group by rarer.row, target, rarer.word, rarer.times
