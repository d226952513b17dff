/** Emails, messages to telephones, calls and webhooks. */
export const outbox = `
create table mails (
  id text primary key,
  realm text not null,
  route text not null,
  body text not null,
  attempts integer not null,
  created_at bigint not null,
  due_at bigint not null,
  problem text,
  about text,
  failed_at bigint
);
-- Entries that were given up stay for a day, and claims don't read them.
create index mails_waiting on mails (route, due_at) where failed_at is null;
create index mails_oldest on mails (created_at) where failed_at is null;

create table messages (
  id text primary key,
  realm text not null,
  channel text not null,
  state text not null,
  transaction_hash text,
  token_hash text not null,
  body text not null,
  attempts integer not null,
  created_at bigint not null,
  due_at bigint not null,
  expires_at bigint not null,
  problem text,
  about text
);
create index messages_due on messages (state, due_at);
create unique index messages_token on messages (token_hash);
create index messages_expiry on messages (expires_at);
-- Messages that were sent stay until they expire.
create index messages_oldest on messages (state, created_at);

create table calls (
  id text primary key,
  realm text not null,
  about text not null,
  body text not null,
  attempts integer not null,
  created_at bigint not null,
  due_at bigint not null,
  source text not null default 'sealed',
  problem text,
  failed_at bigint
);
create index calls_waiting on calls (due_at) where failed_at is null;
create index calls_oldest on calls (created_at) where failed_at is null;

-- Calls to make when a transaction ends.
create table calls_at_end (
  transaction_hash text primary key,
  id text not null,
  realm text not null,
  about text not null,
  body text not null,
  created_at bigint not null
);

create table receivers (
  id text primary key,
  realm text not null,
  url text not null,
  events text not null,
  is_enabled integer not null,
  secret text not null,
  created_at bigint not null
);
create index receivers_realm on receivers (realm);

create table deliveries (
  id text primary key,
  realm text not null,
  receiver text not null,
  transaction_hash text,
  reference text,
  event text not null,
  sequence integer,
  at bigint not null,
  created_at bigint not null,
  tries integer not null,
  is_delivered integer not null,
  last_status integer,
  last_tried_at bigint,
  data text
);
create index deliveries_newest on deliveries (realm, created_at, id);
create index deliveries_age on deliveries (created_at);
create index deliveries_transaction on deliveries (transaction_hash);
create index deliveries_receiver on deliveries (receiver);
`
