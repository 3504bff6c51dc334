-- What the sandbox's notifier "sent", so that a tester finds it. No secret: the link is derived when it is read.
create table sandbox_notification (
  region_code     text not null,
  outbox_id       bigint not null,
  kind            text not null,
  prescription_no text not null,
  sent_at         timestamptz not null,
  primary key (region_code, outbox_id)
);
create index sandbox_notification_by_time on sandbox_notification (sent_at);
