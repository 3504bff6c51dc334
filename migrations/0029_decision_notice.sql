-- What a person is told of a decision about them: an application decided or sent back, a sanction. The notice holds
-- where the decision stands and the salt of its link; the secret of the link lies in no table.
create table decision_notice (
  region_code    text not null check (region_code ~ '^\d{6}$'),
  notice_id      uuid not null,
  person_id      text not null,
  application_no text,
  revision       int,
  -- A sanction: what was imposed or lifted, until when, and why.
  sanction       jsonb,
  decided_at     timestamptz not null,
  link_hash      bytea not null unique,
  salt           bytea not null,
  attempts       int not null default 0,
  locked_at      timestamptz,
  primary key (region_code, notice_id),
  constraint notice_of_step foreign key (region_code, application_no, revision) references admission_event,
  constraint notice_of_one check ((application_no is null) <> (sanction is null)),
  constraint step_is_whole check ((application_no is null) = (revision is null))
);
create index decision_notice_by_person on decision_notice (region_code, person_id, decided_at);

-- The sandbox keeps notices of decisions too; those name no prescription.
alter table sandbox_notification
  alter column prescription_no drop not null,
  add column notice_id uuid,
  add constraint about_one check ((prescription_no is null) <> (notice_id is null));
