const noHash = '0'.repeat(64)

/** The audit book, sealed keys, windows of limits, and rows about the database itself. */
export const operations = `
create table audit_waiting (
  id text primary key,
  content text not null,
  is_open integer not null,
  saved_at bigint not null
);

create table audit_rows (
  sequence bigint primary key,
  at bigint not null,
  realm text not null,
  content text not null,
  hash text not null,
  correlation_id text
);
create index audit_rows_realm on audit_rows (realm, sequence);
create index audit_rows_at on audit_rows (at, sequence);
create index audit_rows_correlation on audit_rows (correlation_id, sequence) where correlation_id is not null;

create table audit_index (
  realm text not null,
  field text not null,
  value text not null,
  sequence bigint not null,
  constraint audit_index_pk primary key (realm, field, value, sequence)
);

-- Both ends of the chain, the settings of the book, and which server chains the entries of all servers: one row.
create table audit_chain (
  id integer primary key,
  head_sequence bigint not null,
  head_hash text not null,
  removed_sequence bigint not null,
  removed_hash text not null,
  retention_days integer not null,
  keeps_nodes integer not null,
  end_signature text,
  beginning_signature text,
  chainer text,
  chainer_until bigint
);
insert into audit_chain
  (id, head_sequence, head_hash, removed_sequence, removed_hash, retention_days, keeps_nodes)
  values (1, 0, '${noHash}', 0, '${noHash}', 365, 0);

create table secrets (
  name text primary key,
  sealed text not null
);

create table limit_windows (
  key text primary key,
  count integer not null,
  ends_at bigint not null
);
create index limit_windows_end on limit_windows (ends_at);

-- Rows that servers write to find out whether the database can save.
create table save_probes (
  slot integer primary key,
  saved_at bigint not null,
  padding text not null
);

-- When the last backup was made: one row.
create table backups (
  id integer primary key,
  made_at bigint not null
);
`
