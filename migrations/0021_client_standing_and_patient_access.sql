-- A disabled client is refused at once: every process hears of the change as it commits.

create function announce_client() returns trigger language plpgsql as $$
begin
  perform pg_notify('client', coalesce(new.client_id, old.client_id));
  return null;
end $$;

create trigger client_announced after update or delete on client
  for each row execute function announce_client();

-- Who came by the patient's link, for the log on the page: instants only, nothing about a device or a person.
create table patient_access (
  region_code     text not null,
  prescription_no text not null,
  access_id       bigint generated always as identity,
  at              timestamptz not null,
  what            text not null,
  primary key (region_code, prescription_no, access_id),
  constraint access_of foreign key (region_code, prescription_no) references prescription,
  constraint access_known check (what in ('page-opened', 'second-factor-wrong', 'link-locked'))
);
