/** Records of the OAuth 2.0 provider, its clients, and service accounts. */
export const oauth = `
create table oauth_records (
  realm text not null,
  model text not null,
  id_hash text not null,
  payload text not null,
  grant_id_hash text,
  user_code text,
  uid_hash text,
  expires_at bigint,
  consumed_at bigint,
  client_id text,
  polled_at bigint,
  account_id text,
  constraint oauth_records_pk primary key (realm, model, id_hash)
);
create index oauth_records_grant on oauth_records (grant_id_hash);
create index oauth_records_user_code on oauth_records (user_code);
create index oauth_records_uid on oauth_records (uid_hash);
create index oauth_records_expiry on oauth_records (expires_at);
create index oauth_records_client on oauth_records (realm, client_id);
create index oauth_records_account on oauth_records (realm, account_id);

create table oauth_clients (
  realm text not null,
  id text not null,
  document text not null,
  sealed_secret text,
  registered_at bigint,
  registration_token_hash text,
  constraint oauth_clients_pk primary key (realm, id)
);

create table service_accounts (
  id text primary key,
  name text not null,
  description text not null,
  is_active integer not null,
  scopes text not null,
  keys text not null,
  created_at bigint not null
);
`
