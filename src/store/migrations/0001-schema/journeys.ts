/** Journey sessions, the frozen journeys that they run, and how often sign-ins took each connection. */
export const journeys = `
-- Short columns first, so that SQLite reads them without the long sealed ones.
create table journey_sessions (
  id_hash text primary key,
  realm text not null,
  journey text not null,
  revision text not null,
  step integer not null,
  outcome text not null,
  started_at bigint not null,
  expires_at bigint not null,
  suspended_hash text,
  transaction_hash text,
  claimed_by text,
  claimed_until bigint,
  last_request text,
  body text not null,
  last_answer text
);
create index journey_sessions_recent on journey_sessions (realm, started_at);
create index journey_sessions_revision on journey_sessions (revision);
create index journey_sessions_expiry on journey_sessions (expires_at);
-- Partial: few journey sessions are suspended or belong to a transaction, and the others should not cost index writes.
create index journey_sessions_suspended on journey_sessions (suspended_hash) where suspended_hash is not null;
create index journey_sessions_transaction on journey_sessions (transaction_hash) where transaction_hash is not null;
-- Journey sessions without an answer are kept for minutes. The query uses the same condition.
create index journey_sessions_unanswered on journey_sessions (expires_at)
  where step = 1 and outcome = 'underway' and suspended_hash is null and transaction_hash is null;

create table journey_revisions (
  id text primary key,
  content text not null,
  saved_at bigint not null
);

create table watched_runs (
  watch text primary key,
  realm text not null,
  id_hash text not null
);
create index watched_runs_session on watched_runs (id_hash);

create table connection_counts (
  realm text not null,
  journey text not null,
  slot bigint not null,
  revision text not null,
  node_id text not null,
  outcome text not null,
  is_error integer not null,
  duration_class integer not null,
  count bigint not null,
  first_at bigint not null,
  constraint connection_counts_pk primary key (
    realm, journey, slot, revision, node_id, outcome, is_error, duration_class
  )
);
create index connection_counts_slot on connection_counts (slot);
`
