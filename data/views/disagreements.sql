-- Capabilities a platform has evidence of, and the latest word of a person that they are not there:
-- one row per initiative, capability and platform. The newer of the two counts on the board, unless it was undone.
create or replace view disagreements as
with

latest as (
    select source, max_by(found -> '$.evidence', number) as evidence
    from pulls
    where (found -> '$.evidence') is not null
    group by source
),

evidence as (
    select
        source,
        unnest(from_json(
            evidence,
            '[{"initiative_id": "VARCHAR", "capability": "VARCHAR", "day": "DATE", "evidence": "VARCHAR"}]'
        ), recursive := true)
    from latest
),

people as (
    select
        initiative_id, capability,
        max_by(state, assessed_on) as state,
        max(assessed_on) as assessed_on,
        max_by(stored_by, assessed_on) as stored_by
    from capabilities_history
    join batch using (batch_id)
    where assessed_on <= as_of()
        and batch_id not in (select batch_id from pull_log where batch_id is not null)
    group by all
),

-- What the board goes by; evidence whose batch was undone is known still, and does not count.
counting as (
    select initiative_id, capability, max_by(state, assessed_on) as state
    from capabilities
    group by all
)

select
    initiative_id, initiatives.name, capability, people.state, assessed_on, stored_by,
    source, day as found_on, evidence,
    counting.state = 'in_place' as is_evidence_counted
from evidence
join people using (initiative_id, capability)
join counting using (initiative_id, capability)
join initiatives using (initiative_id)
where people.state <> 'in_place' and day <= as_of();
