-- Manual reimbursement: files beside those of deferred settlements, their papers, every change with its author.

alter table manual_file
  add column origin        text not null default 'deferral' check (origin in ('deferral', 'application')),
  add column occasion      text not null default 'deferred',
  -- The day of the expense: its policy and its year hold.
  add column expense_on    date,
  -- What the patient applied with: JSON of hospital, supplier and lines.
  add column application   text,
  add column supplier      text,
  add column invoice_no    text,
  -- The counter that took it in.
  add column counter_kind  text not null default 'system',
  add column counter_id    text not null default 'hub',
  add column revision      int not null default 1,
  -- JSON of adjudication, findings, waivers and reasons.
  add column decision      text,
  add column amount_fen    bigint check (amount_fen >= 0),
  add column posting_id    uuid,
  add column payment_reference text,
  add constraint applied_or_deferred check (
    (origin = 'deferral' and settlement_id is not null)
    or (origin = 'application' and settlement_id is null and application is not null and expense_on is not null)),
  add constraint approved_has_amount check (status not in ('approved', 'paid') or amount_fen is not null),
  add constraint paid_is_posted check ((status = 'paid') = (posting_id is not null)),
  add constraint paid_by_posting foreign key (region_code, posting_id) references posting;

-- An invoice is reimbursed once.
create unique index manual_file_invoice on manual_file (region_code, supplier, invoice_no)
  where invoice_no is not null and status not in ('withdrawn', 'declined');
create index manual_file_by_status on manual_file (region_code, status, file_id);
create trigger manual_file_stays before delete on manual_file for each row execute function refuse_delete();

create table manual_file_event (
  region_code text not null,
  file_id     uuid not null,
  revision    int not null check (revision > 0),
  command     text not null,
  to_status   text not null,
  at          timestamptz not null,
  actor_kind  text not null,
  actor_id    text not null,
  -- Codes and reasons; no personal data.
  data        text not null,
  primary key (region_code, file_id, revision),
  constraint manual_event_of foreign key (region_code, file_id) references manual_file
);
create trigger manual_event_is_kept before update or delete on manual_file_event
  for each row execute function refuse_change();

create table manual_file_paper (
  region_code text not null,
  file_id     uuid not null,
  paper       text not null,
  -- Where the counter keeps it.
  reference   text not null,
  sha256      text check (sha256 ~ '^[0-9a-f]{64}$'),
  received_at timestamptz not null,
  received_by text not null,
  primary key (region_code, file_id, paper, reference),
  constraint paper_of foreign key (region_code, file_id) references manual_file
);
