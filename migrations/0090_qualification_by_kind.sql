-- Whose re-assessment is due: qualifications of one kind in a region.
create index qualification_by_kind on register_entry (region_code, (data ->> 'kind')) where register = 'qualification';
