-- A disabled client is refused at once: every process hears of the change as it commits.

create function announce_client() returns trigger language plpgsql as $$
begin
  perform pg_notify('client', coalesce(new.client_id, old.client_id));
  return null;
end $$;

create trigger client_announced after update or delete on client
  for each row execute function announce_client();
