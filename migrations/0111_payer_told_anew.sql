-- After a return of some goods the payer is asked for the smaller sum. The settlement stands here already, so nothing is
-- posted when the payer answers.
alter table payer_request
  alter column prepared drop not null,
  drop constraint payer_request_status_check,
  add constraint payer_request_status_check
    check (status in ('asked', 'asked-anew', 'unresolved', 'accepted', 'refused', 'cancelling', 'cancelled', 'kept'));

alter table payer_difference
  drop constraint payer_difference_kind_check,
  add constraint payer_difference_kind_check
    check (kind in ('amount-differs', 'answered-differently', 'missing-there', 'paid-there-only', 'unknown-here',
                    'answer-unreadable', 'deferred-unanswered', 'refused-anew'));

-- A payer that takes back before the hand-over what it had paid.
alter table refund
  drop constraint refund_cause_check,
  add constraint refund_cause_check
    check (cause in ('goods-returned', 'settlement-reversed', 'settlement-lapsed', 'payer-withdrew'));
