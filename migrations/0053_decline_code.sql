-- Why a settlement was declined, as a problem code: the findings alone say nothing when no rule found fault.
alter table settlement add column decline_code text;
