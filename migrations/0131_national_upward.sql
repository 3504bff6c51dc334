-- What is uploaded to a provincial or national centre, by the same interface that hospitals call here.
create table national_upward (
  region_code     text not null,
  prescription_no text not null,
  hospital_id     text not null,
  -- due: work is left for it. refused: the centre said no, which is final.
  state           text not null check (state in ('due', 'uploaded', 'withdrawing', 'withdrawn', 'refused')),
  -- Its number there.
  centre_no       text,
  -- Code of the centre's last refusal; its words may name a person and are not kept.
  refused_with    int,
  changed_at      timestamptz not null,
  -- Day on which it was last held against what the centre says.
  reconciled_on   date,
  -- The two statuses that differed then: ours, theirs.
  difference      text,
  primary key (region_code, prescription_no),
  foreign key (region_code, prescription_no) references prescription,
  check ((state in ('uploaded', 'withdrawing', 'withdrawn')) = (centre_no is not null) or state = 'refused')
);
create index national_upward_to_reconcile on national_upward (region_code, reconciled_on) where state = 'uploaded';
