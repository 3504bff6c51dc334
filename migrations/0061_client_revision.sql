-- Counts the changes of what a client is, may do and proves itself with. An access token names the revision it was
-- granted for and is refused from the next one on, in every process: a scope or a key that was taken away is gone at once.

alter table client add column revision int not null default 1;

create function count_client_revision() returns trigger language plpgsql as $$
begin
  if (new.kind, new.region_code, new.institution_id, new.jwks, new.scopes, new.sandbox)
     is distinct from (old.kind, old.region_code, old.institution_id, old.jwks, old.scopes, old.sandbox) then
    new.revision := old.revision + 1;
  end if;
  return new;
end $$;

create trigger client_revision_counted before update on client
  for each row execute function count_client_revision();
