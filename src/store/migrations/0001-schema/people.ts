/** People, the index of their attributes, their sessions, and questions to their authenticator apps. */
export const people = `
create table identities (
  id text primary key,
  realm text not null,
  rev bigint not null,
  kind text not null,
  user_name text not null,
  user_name_folded text not null,
  is_active integer not null,
  attributes text not null,
  password_hash text,
  must_change_password integer not null,
  roles text not null,
  failure_count integer not null,
  last_failure_at bigint not null,
  locked_until bigint not null,
  created_at bigint not null default 0,
  mail_changed_at bigint,
  telephone_number_changed_at bigint,
  manager_changed_at bigint,
  sessions_ended_at bigint,
  constraint identities_user_name unique (realm, user_name_folded)
);
create index identities_page on identities (realm, id);
-- Few people have roles. The query uses the same condition.
create index identities_with_roles on identities (realm, id) where roles <> '[]';

create table identity_index (
  realm text not null,
  attribute text not null,
  value_folded text not null,
  identity_id text not null references identities (id) on delete cascade,
  constraint identity_index_pk primary key (realm, attribute, value_folded, identity_id)
);
create index identity_index_identity on identity_index (identity_id);

create table sessions (
  token_hash text primary key,
  handle text not null unique,
  realm text not null,
  identity_id text not null,
  username text not null,
  properties text not null,
  auth_level integer not null,
  created_at bigint not null,
  last_used_at bigint not null,
  max_idle_minutes bigint not null,
  max_session_minutes bigint not null,
  expires_at bigint not null,
  webhooks text,
  approval_hash text,
  browser text,
  address text
);
create index sessions_identity on sessions (realm, identity_id);
create index sessions_expiry on sessions (expires_at);
create index sessions_newest on sessions (realm, created_at, handle);

create table pushes (
  id_hash text primary key,
  realm text not null,
  kind text not null,
  state text not null,
  person_id text not null,
  journey_session text not null,
  body text not null,
  answer text,
  created_at bigint not null,
  expires_at bigint not null
);
create index pushes_person on pushes (person_id);
create index pushes_expiry on pushes (expires_at);
`
