-- A settlement takes the balances of the year when it is decided, and becomes money in the books when the medicine is
-- handed over: `reservation` and `settlement`, taken back by `release` before and by `reversal` after the hand-over.
-- Entries from before this migration posted both at once; they stay as they are.

alter table posting drop constraint posting_kind_check;
alter table posting add constraint posting_kind_check
  check (kind in ('reservation', 'settlement', 'release', 'reversal', 'adjustment', 'reimbursement', 'clearing', 'capitation'));
drop index posting_settlement_once;
create unique index posting_settlement_once on posting (region_code, settlement_id, kind)
  where kind in ('reservation', 'settlement', 'release', 'reversal');

-- JSON [[account, fen as text], …]: what the hand-over will post. Absent when it was posted with the settlement.
alter table settlement add column entries text;

create or replace function check_settlement_kept() returns trigger language plpgsql as $$
begin
  if old.status in ('settled', 'reversed') and (
    (new.status <> old.status and not (old.status = 'settled' and new.status = 'reversed'))
    or (new.charge_fen, new.fund_fen, new.patient_fen, new.adjudication, new.policy_version, new.decided_at,
        new.person_id, new.pharmacy_id, new.hospital_id, new.dispense_id, new.requested_at, new.request, new.entries)
       is distinct from
       (old.charge_fen, old.fund_fen, old.patient_fen, old.adjudication, old.policy_version, old.decided_at,
        old.person_id, old.pharmacy_id, old.hospital_id, old.dispense_id, old.requested_at, old.request, old.entries))
  then
    raise exception 'settlement % is decided', old.settlement_id using errcode = 'HB003';
  end if;
  return new;
end $$;

-- What is settled or deferred and waits to be collected, by the end of the waiting.
create index state_uncollected on prescription_state (hold_until, region_code, prescription_no)
  where state in ('settled', 'deferred');

-- From now on the hold of what is settled is the time to collect it. What waits already gets until the end of its
-- validity, or three days from its settlement if that is sooner.
alter table prescription_state disable trigger prescription_state_transition;
update prescription_state
   set hold_until = greatest(hold_until, least(expires_at, changed_at + interval '72 hours'))
 where state in ('settled', 'deferred');
alter table prescription_state enable trigger prescription_state_transition;
