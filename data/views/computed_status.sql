-- How each open or live initiative does by what is recorded, whatever its owner declares: red, amber, green,
-- or nothing where nothing is known to judge by.
create or replace view computed_status as
with

measured as (
    select initiative_id, bool_or(state = 'amber') as is_amber, bool_or(state = 'red') as is_red
    from model_state
    group by initiative_id
),

held as (
    select distinct initiative_id, true as is_held from barriers where resolved_on is null
),

late as (
    select initiative_id, as_of() - planned_live_on as late_days from initiatives
),

judged as (
    select
        initiative_id,
        list_filter([
            case when is_stalled then 'stalled' end,
            case when is_open and late_days > 90 then 'promised date passed by more than 90 days' end,
            case when is_live and is_red then 'a red model' end
        ], lambda reason: reason is not null) as red_because,
        list_filter([
            case when is_open and late_days between 1 and 90 then 'promised date passed' end,
            case when is_open and is_held then 'a barrier stands' end,
            case when is_live and is_amber then 'an amber metric' end,
            case when is_live and measured.initiative_id is not null and is_live_unmeasured
                then 'models not measured for 30 days' end,
            case when is_live_ownerless then 'nobody owns it' end
        ], lambda reason: reason is not null) as amber_because,
        (is_open and (days_in_stage is not null or late_days is not null))
            or measured.initiative_id is not null as is_known
    from standing
    join late using (initiative_id)
    left join measured using (initiative_id)
    left join held using (initiative_id)
    left join risk using (initiative_id)
    where is_open or is_live
)

select
    initiative_id,
    case
        when len(red_because) > 0 then 'red'
        when len(amber_because) > 0 then 'amber'
        when is_known then 'green'
    end as computed_status,
    red_because || amber_because as because
from judged;
