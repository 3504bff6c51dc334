-- An answer of the payer that can't be used is not silence, and neither lets a payment be cancelled by itself.

alter table payer_request drop constraint payer_request_status_check;
alter table payer_request add constraint payer_request_status_check
  -- unresolved: deferred while nobody knows what the payer did. kept: a person decided that its payment stands.
  check (status in ('asked', 'unresolved', 'accepted', 'refused', 'cancelling', 'cancelled', 'kept'));
-- The first answer that could not be used, by its cause: never its text, which may name a person.
alter table payer_request add column unreadable_at timestamptz;
alter table payer_request add column unreadable_cause text;
alter table payer_request add constraint unreadable_has_cause check ((unreadable_at is null) = (unreadable_cause is null));

alter table payer_difference drop constraint payer_difference_kind_check;
alter table payer_difference add constraint payer_difference_kind_check
  check (kind in ('amount-differs', 'answered-differently', 'missing-there', 'paid-there-only', 'unknown-here',
                  'answer-unreadable', 'deferred-unanswered'));
