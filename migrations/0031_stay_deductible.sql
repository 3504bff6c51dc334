-- What a hospital says of the deductible of a stay, so that medicine bought outside is settled by the rules of this
-- stay (CQ-2.3). Every statement is kept; the newest counts.
create table stay_deductible (
  region_code    text not null,
  hospital_id    text not null,
  stay_no        text not null,
  statement_no   int not null check (statement_no >= 1),
  person_id      text not null,
  deductible_fen bigint not null check (deductible_fen >= 0),
  -- Of it charged by the hospital itself; what the hub charges is added up from its own entries.
  charged_fen    bigint not null check (charged_fen >= 0),
  stated_at      timestamptz not null,
  stated_by      text not null,
  primary key (region_code, hospital_id, stay_no, statement_no),
  constraint charged_within_deductible check (charged_fen <= deductible_fen)
);
create trigger stay_statement_is_kept before update or delete on stay_deductible
  for each row execute function refuse_change();
