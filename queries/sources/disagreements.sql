-- Where do platforms have evidence of what people say is not there?
-- One row per initiative, capability and platform, by initiative.
select *
from disagreements
order by name, initiative_id, capability, source
