-- Where the last event of a prescription stands in the feed. Transactions get their numbers when they begin to write and
-- commit in another order: one that waited for its turn has a lower number than the one it waited for, and its event
-- would be told first. No event is placed before the one that it follows.
alter table prescription_state add column feed_place xid8;
