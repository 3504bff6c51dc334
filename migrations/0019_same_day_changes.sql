-- An entry that began today can be ended so that it holds no more today: its last day is then the day before its
-- first, it holds on no day, and another entry of the same key may begin on the same day. A suspension that was
-- wrong, or a choice that is changed within the day, takes effect at once.

alter table register_entry
  drop constraint one_entry_a_day,
  drop constraint period_is_forward,
  drop constraint register_entry_pkey,
  add column entry_no bigint generated always as identity,
  add primary key (region_code, register, key, valid_from, entry_no),
  add constraint period_is_forward check (valid_to is null or valid_to >= valid_from - 1),
  add constraint one_entry_a_day exclude using gist (
    region_code with =, register with =, key with =,
    (case when valid_to < valid_from then 'empty'::daterange else daterange(valid_from, valid_to, '[]') end) with &&);
