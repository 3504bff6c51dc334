-- A file of an institution may name batches, one row each, and say what a line cost as it was charged at the till.
alter table clearing_file_line
  add column charge_fen bigint,
  -- In capitals; empty when the file doesn't say.
  add column batch_no text not null default '',
  drop constraint clearing_file_line_pkey,
  add primary key (region_code, file_id, settlement_id, line_no, batch_no);

alter table clearing_difference
  drop constraint clearing_difference_kind_check,
  add constraint clearing_difference_kind_check check (kind in
    ('missing-here', 'missing-there', 'amount-differs', 'quantity-differs', 'price-differs', 'charge-differs',
     'drug-differs', 'batch-differs', 'not-handed-over'));
