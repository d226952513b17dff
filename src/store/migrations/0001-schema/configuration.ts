/** Realms and their configuration with its versions, and the variables and secrets of the server (ESVs). */
export const configuration = `
-- The counter of changes: one row.
create table configuration (
  id integer primary key,
  version bigint not null
);
insert into configuration (id, version) values (1, 0);

create table realms (
  path text primary key,
  is_active integer not null,
  aliases text not null,
  settings text not null,
  created_at bigint
);

create table realm_documents (
  realm text not null,
  kind text not null,
  id text not null,
  document text not null,
  constraint realm_documents_pk primary key (realm, kind, id)
);

create table journeys (
  realm text not null,
  name text not null,
  document text not null,
  saves integer not null default 0,
  saved_at bigint,
  saved_by text,
  saved_by_id text,
  constraint journeys_pk primary key (realm, name)
);

create table journey_drafts (
  realm text not null,
  name text not null,
  document text not null,
  base bigint,
  revision text not null,
  saved_at bigint not null,
  saved_by text,
  saved_by_id text,
  constraint journey_drafts_pk primary key (realm, name)
);

create table nodes (
  realm text not null,
  id text not null,
  type text not null,
  version text not null,
  config text not null,
  constraint nodes_pk primary key (realm, id)
);

create table scripts (
  realm text not null,
  id text not null,
  name text not null,
  document text not null,
  constraint scripts_pk primary key (realm, id),
  constraint scripts_name unique (realm, name)
);

create table custom_node_types (
  service_name text primary key,
  display_name text not null unique,
  document text not null
);

create table versions (
  realm text not null,
  kind text not null,
  id text not null,
  number bigint not null,
  name text not null,
  content text,
  hash text,
  saved_at bigint,
  saved_by text,
  saved_by_id text,
  note text,
  cause text not null,
  constraint versions_pk primary key (realm, kind, id, number)
);
create index versions_newest on versions (realm, number, kind, id);

create table esvs (
  id text primary key,
  name text not null unique,
  description text not null,
  realms text,
  changed_at bigint not null,
  changed_by text not null,
  -- Only variables have these two.
  expression_type text,
  value text,
  -- Only secrets have these three.
  encoding text,
  use_in_placeholders integer,
  active_version integer
);

create table esv_versions (
  secret_id text not null,
  version integer not null,
  status text not null,
  sealed text not null,
  created_at bigint not null,
  constraint esv_versions_key primary key (secret_id, version)
);
`
