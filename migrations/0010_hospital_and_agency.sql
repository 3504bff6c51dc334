-- What hospitals report and agencies look through.

-- A hospital may not refuse a legitimate request for an outside prescription (外配处方); each refusal is told with its
-- reason (MZ-9.3). No personal data: the physician, the drug and the reason are what the agency examines.
create table outside_prescription_refusal (
  region_code  text not null check (region_code ~ '^\d{6}$'),
  refusal_id   uuid not null,
  hospital_id  text not null,
  physician_id text not null,
  drug_code    text not null,
  reason_code  text not null,
  refused_on   date not null,
  recorded_at  timestamptz not null,
  recorded_by  text not null,
  primary key (region_code, refusal_id)
);
create index outside_refusal_by_hospital on outside_prescription_refusal (region_code, hospital_id, refusal_id);
create trigger outside_refusal_is_kept before update or delete on outside_prescription_refusal
  for each row execute function refuse_change();

-- The whole story of one prescription, however many settlements there are.
create index settlement_by_prescription on settlement (region_code, prescription_no);
create index posting_by_settlement on posting (region_code, settlement_id)
  where settlement_id is not null and kind not in ('settlement', 'reversal');
