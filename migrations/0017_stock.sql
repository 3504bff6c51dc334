-- Purchase, sale and stock lines of pharmacies, uploaded in whole files (MZ-9.4a).

create table stock_upload (
  region_code    text not null,
  upload_id      uuid not null,
  institution_id text not null,
  -- Of the file as it came: the same file again has no second effect.
  sha256         bytea not null check (length(sha256) = 32),
  lines          int not null check (lines > 0),
  received_at    timestamptz not null,
  uploaded_by    text not null,
  primary key (region_code, upload_id),
  constraint file_taken_once unique (region_code, institution_id, sha256)
);
create index stock_upload_newest on stock_upload (region_code, institution_id, received_at);
create trigger stock_upload_is_kept before update or delete on stock_upload
  for each row execute function refuse_change();

create table stock_line (
  region_code    text not null,
  institution_id text not null,
  kind           text not null check (kind in ('purchase', 'sale', 'stock')),
  -- The line in the pharmacy's own books: it counts once, whichever file brings it.
  reference      text not null,
  upload_id      uuid not null,
  line_no        int not null,
  happened_on    date not null,
  drug_code      text not null,
  quantity       numeric(16, 4) not null check (quantity >= 0),
  unit_price_fen bigint not null check (unit_price_fen >= 0),
  batch_no       text,
  -- The dispense that a sale belongs to.
  dispense_id    uuid,
  primary key (region_code, institution_id, kind, reference),
  constraint stock_line_of foreign key (region_code, upload_id) references stock_upload
);
create index stock_line_by_drug on stock_line (region_code, institution_id, drug_code, happened_on);
create index stock_line_by_dispense on stock_line (region_code, dispense_id) where dispense_id is not null;
create trigger stock_line_is_kept before update or delete on stock_line
  for each row execute function refuse_change();
