/** Transactions with their events and checks, requests to second agents, and alarms. */
export const helpDesk = `
create table transactions (
  id_hash text primary key,
  realm text not null,
  journey text not null,
  state text not null,
  result text not null,
  is_cancelled integer not null,
  subject text,
  data text not null,
  notification_data text,
  session_properties text not null,
  allow_retry integer not null,
  tracking_id text,
  audit_tracking_id text not null,
  opened_by text not null,
  created_at bigint not null,
  expires_at bigint not null,
  sequence integer not null,
  reference text,
  agent_id text,
  purpose text,
  denial text,
  ended_at bigint,
  rejected_at bigint,
  sent_at bigint,
  subject_id text,
  pause_lifted integer,
  confirmed_at bigint,
  assignee text,
  messaged_at bigint,
  offer text,
  offered_to text,
  rejection_read_by text,
  rejection_read_at bigint,
  lead_read_at bigint,
  lead_read_by text,
  viewed_at bigint,
  vouch_for_id text,
  pause_lift text
);
create index transactions_expiry on transactions (expires_at);
create unique index transactions_reference on transactions (realm, reference);
create index transactions_newest on transactions (realm, created_at, reference);
create index transactions_of_agent on transactions (realm, agent_id, created_at, reference);
create index transactions_of_subject on transactions (realm, subject_id, created_at);
create index transactions_of_realm_by_expiry on transactions (realm, expires_at);
-- Partial: few checks are rejected, offered or denied, or ask for a vouch. Queries use the same conditions.
create index transactions_rejected on transactions (realm, rejected_at) where rejected_at is not null;
create index transactions_offered on transactions (realm, offered_to) where offered_to is not null;
create index transactions_unread on transactions (realm, agent_id)
  where rejected_at is not null and rejection_read_at is null;
create index transactions_denied on transactions (realm, ended_at) where result = 'DENIED';
create index transactions_vouched_for on transactions (realm, vouch_for_id) where vouch_for_id is not null;

create table transaction_events (
  id_hash text not null references transactions (id_hash) on delete cascade,
  sequence integer not null,
  at bigint not null,
  kind text not null,
  state text,
  result text,
  key text,
  data text,
  constraint transaction_events_pk primary key (id_hash, sequence),
  constraint transaction_events_key unique (id_hash, key)
);
create index transaction_events_failed on transaction_events (at) where kind = 'signInFailed';

create table verifications (
  id_hash text primary key,
  realm text not null,
  codes text not null,
  tries_left integer not null,
  matched_at bigint,
  is_bound integer not null,
  methods text not null,
  level integer not null,
  used_at bigint,
  used_by text,
  requirement text,
  withdrawn_at bigint,
  withdrawn_by text,
  used_key text
);

-- Codes that stand for the links of transactions: a keyed MAC and a sealed link.
create table short_codes (
  id_hash text not null,
  channel text not null,
  realm text not null,
  mac text not null,
  link text not null,
  expires_at bigint not null,
  used_at bigint,
  constraint short_codes_pk primary key (id_hash, channel),
  constraint short_codes_mac unique (mac)
);
create index short_codes_expiry on short_codes (expires_at);

create table approvals (
  id text primary key,
  realm text not null,
  journey_session text not null,
  journey text not null,
  requested_by text not null,
  subject text not null,
  chosen_id text,
  purpose text not null,
  state text not null,
  answered_by text,
  decline_reason text,
  created_at bigint not null,
  expires_at bigint not null,
  answered_at bigint,
  used_at bigint
);
create index approvals_journey_session on approvals (journey_session);
create index approvals_realm on approvals (realm, created_at);
create index approvals_created_at on approvals (created_at);

create table alarms (
  id text not null unique,
  realm text not null,
  kind text not null,
  person_id text not null,
  person text,
  count integer not null,
  minutes integer not null,
  involved text not null,
  raised_at bigint not null,
  acknowledged_at bigint,
  acknowledged_by text,
  constraint alarms_key primary key (realm, kind, person_id)
);
`
