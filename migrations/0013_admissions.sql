-- Admission workflows (准入): applications, the steps taken on them, their papers; complaints.

-- Eight digits of an application number; together with region and day never used twice.
create sequence admission_serial minvalue 1 maxvalue 99999999 cycle;

-- One row a step taken: who, what, why. Reasons are for the patient or the applicant.
create table admission_event (
  region_code    text not null check (region_code ~ '^\d{6}$'),
  application_no text not null,
  revision       int not null check (revision > 0),
  step           text not null,
  decision       text not null check (decision in ('open', 'approve', 'refuse', 'return', 'withdraw')),
  actor_kind     text not null,
  actor_id       text not null,
  -- The physician, or client and staff number.
  signed_by      text not null,
  reason         text,
  explained      boolean not null default false,
  -- The fields given at this step, and what the checks found.
  fields         jsonb not null,
  findings       jsonb not null,
  at             timestamptz not null,
  primary key (region_code, application_no, revision),
  constraint refusal_has_reason check (decision not in ('refuse', 'return') or reason is not null)
);

create table admission (
  region_code    text not null check (region_code ~ '^\d{6}$'),
  application_no text not null check (application_no ~ '^A\d{22}$'),
  workflow       text not null,
  policy_version text not null,
  subject_kind   text not null check (subject_kind in ('person', 'institution')),
  subject_id     text not null,
  -- The hospital that applied; null when the agency opened it.
  applicant_id   text,
  -- Institutions that may read it.
  concerned      text[] not null,
  fields         jsonb not null,
  status         text not null check (status in ('open', 'approved', 'refused', 'withdrawn')),
  step           text not null,
  revision       int not null,
  -- Last day for the step; null where no policy sets one.
  due_on         date,
  -- Workflow, applicant, subject and drugs: no two open applications for the same.
  sameness       text not null,
  opened_at      timestamptz not null,
  changed_at     timestamptz not null,
  primary key (region_code, application_no),
  constraint step_is_recorded foreign key (region_code, application_no, revision)
    references admission_event deferrable initially deferred
) with (fillfactor = 80);

create unique index admission_open_once on admission (region_code, sameness) where status = 'open';
create index admission_open_by_due on admission (region_code, due_on) where status = 'open';
create index admission_by_subject on admission (region_code, subject_id);
create index admission_by_concerned on admission using gin (concerned);

create function check_admission() returns trigger language plpgsql as $$
begin
  if (new.region_code, new.application_no, new.workflow, new.policy_version, new.subject_kind, new.subject_id, new.applicant_id, new.opened_at)
     is distinct from
     (old.region_code, old.application_no, old.workflow, old.policy_version, old.subject_kind, old.subject_id, old.applicant_id, old.opened_at)
  then
    raise exception 'an application keeps its workflow and subject' using errcode = 'HB003';
  end if;
  if old.status <> 'open' or new.revision <> old.revision + 1 then
    raise exception 'a decided application does not change, and every step is one revision' using errcode = 'HB003';
  end if;
  return new;
end $$;

create trigger admission_transition before update on admission for each row execute function check_admission();
create trigger admission_is_kept before delete on admission for each row execute function refuse_delete();
create trigger admission_event_is_kept before update or delete on admission_event
  for each row execute function refuse_change();

-- The bytes of a paper, once for each content.
create table paper_file (
  region_code text not null,
  sha256      bytea not null check (length(sha256) = 32),
  media_type  text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
  content     bytea not null check (length(content) between 1 and 5242880),
  added_at    timestamptz not null,
  primary key (region_code, sha256)
);
-- Scans do not compress: keep them out of line without trying.
alter table paper_file alter column content set storage external;

create table admission_paper (
  region_code    text not null,
  application_no text not null,
  paper_no       int not null check (paper_no between 1 and 40),
  code           text not null,
  sha256         bytea not null,
  added_by       text not null,
  added_at       timestamptz not null,
  primary key (region_code, application_no, paper_no),
  constraint paper_belongs foreign key (region_code, application_no) references admission,
  constraint paper_is_stored foreign key (region_code, sha256) references paper_file
);

create trigger paper_file_is_kept before update or delete on paper_file
  for each row execute function refuse_change();
create trigger admission_paper_is_kept before update or delete on admission_paper
  for each row execute function refuse_change();

-- Complaints and reports (投诉举报) about institutions and practitioners. Statements name no patient.
create table complaint (
  region_code  text not null check (region_code ~ '^\d{6}$'),
  complaint_id uuid not null,
  kind         text not null check (kind in ('complaint', 'report')),
  subject      text not null check (subject in ('institution', 'practitioner')),
  subject_id   text not null,
  reason_code  text not null,
  statement    text not null,
  filed_by     text not null,
  -- The institution that filed it, whichever of its systems did.
  filed_for    text,
  filed_at     timestamptz not null,
  outcome      text check (outcome in ('upheld', 'partly-upheld', 'rejected', 'withdrawn')),
  handling     text,
  handled_by   text,
  handled_at   timestamptz,
  primary key (region_code, complaint_id),
  constraint handled_whole check (
    (outcome is null) = (handling is null)
    and (outcome is null) = (handled_by is null)
    and (outcome is null) = (handled_at is null))
);
create index complaint_by_subject on complaint (region_code, subject_id, filed_at);
create index complaint_open on complaint (region_code, filed_at) where outcome is null;

create function check_complaint() returns trigger language plpgsql as $$
begin
  if old.outcome is not null
     or (new.region_code, new.complaint_id, new.kind, new.subject, new.subject_id, new.reason_code,
         new.statement, new.filed_by, new.filed_for, new.filed_at)
        is distinct from
        (old.region_code, old.complaint_id, old.kind, old.subject, old.subject_id, old.reason_code,
         old.statement, old.filed_by, old.filed_for, old.filed_at)
  then
    raise exception 'a complaint is handled once and never rewritten' using errcode = 'HB003';
  end if;
  return new;
end $$;

create trigger complaint_is_kept before update on complaint for each row execute function check_complaint();
create trigger complaint_is_never_deleted before delete on complaint for each row execute function refuse_delete();
