-- Which operational systems do initiatives feed?
-- One row per application named, most initiatives first; the kind is recognized by its name.
select
    application,
    case
        when regexp_matches(lower(application), '\bcrm\b|customer relation|sales') then 'crm'
        when regexp_matches(lower(application), '\berp\b|\bsap\b|finance|resource planning') then 'erp'
        when regexp_matches(lower(application), 'logist|transport|warehouse|freight|fleet|\b[tw]ms\b') then 'logistics'
        when regexp_matches(lower(application), 'customer|help ?desk|service desk|ticket|call cent|contact cent') then 'customer_service'
        else 'other'
    end as kind,
    count(*) filter (is_live) as count_live,
    count(*) filter (is_open) as count_open
from (select initiative_id, unnest(integrates_with) as application from initiatives)
join standing using (initiative_id)
where is_open or is_live
group by application
order by count_live + count_open desc, application
