-- What an institution paid for a product stands beside its payment standard, under a key of its own.
alter table register_entry disable trigger register_entry_is_kept;
update register_entry set key = key || ':purchase'
 where register = 'payment-standard' and data ->> 'basis' = 'purchase' and key = data ->> 'drugCode';
alter table register_entry enable trigger register_entry_is_kept;
