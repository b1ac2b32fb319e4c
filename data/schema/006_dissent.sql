-- Who did not agree with a decision, and why: the minutes keep it beside the rationale.
alter table decisions_row add column dissent text;
alter table decisions_current add column dissent text;
