-- Look-ups whose cost grew with every prescription there ever was.

-- The newest settlement of a dispense: each page and statement that shows a bill.
create index settlement_of_dispense on settlement (region_code, dispense_id, requested_at desc, settlement_id desc);

-- What is asked for and not decided: none, most of the time.
create index settlement_pending on settlement (region_code) where status = 'requested';

-- Ended prescriptions by state, counted for the metrics from the index alone.
create index state_ended on prescription_state (region_code, state)
  where state in ('dispensed', 'returned', 'refused', 'cancelled', 'expired');
