-- What a person used up of a year elsewhere: an opening balance, clinics of special diseases, other regions, stays. Each
-- statement moves the year by a posting without lines; a correction is a further revision, and nothing is rewritten.
alter table posting drop constraint posting_kind_check;
alter table posting add constraint posting_kind_check
  check (kind in ('reservation', 'settlement', 'release', 'reversal', 'adjustment', 'reimbursement', 'clearing', 'capitation', 'outside'));

create table outside_amount (
  region_code         text not null,
  source              text not null,
  reference           text not null,
  revision            int not null check (revision >= 1),
  person_id           text not null,
  year                int not null,
  -- The day of the expense; an opening balance is dated with the last day that it holds.
  on_day              date not null,
  deductible_fen      bigint not null check (deductible_fen >= 0),
  deductible_level    text check (deductible_level in ('primary', 'secondary', 'tertiary')),
  fund_fen            bigint not null check (fund_fen >= 0),
  large_amount_fen    bigint not null check (large_amount_fen >= 0),
  own_fen             bigint not null check (own_fen >= 0),
  serious_illness_fen bigint not null check (serious_illness_fen >= 0),
  assistance_fen      bigint not null check (assistance_fen >= 0),
  expense_fen         bigint not null check (expense_fen >= 0),
  reason              text not null,
  stated_by           text not null,
  stated_at           timestamptz not null,
  posting_id          uuid not null,
  primary key (region_code, source, reference, revision),
  constraint outside_amount_moves foreign key (region_code, posting_id) references posting,
  constraint outside_amount_in_its_year check (extract(year from on_day) = year)
);
create index outside_amount_by_person on outside_amount (region_code, person_id, year);
create trigger outside_amount_is_kept before update or delete on outside_amount
  for each row execute function refuse_change();
create trigger outside_amount_is_never_emptied before truncate on outside_amount
  for each statement execute function refuse_change();
