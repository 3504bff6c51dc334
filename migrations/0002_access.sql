-- Who may call the hub, which assertions were used, and the keys that sign access tokens.

create table client (
  client_id      text primary key,
  kind           text not null,
  name           text not null,
  region_code    text,
  institution_id text,
  -- Public keys only; what the client signs its assertions with.
  jwks           jsonb not null,
  scopes         text[] not null,
  -- Made for trying out: production refuses it.
  sandbox        boolean not null default false,
  created_at     timestamptz not null,
  disabled_at    timestamptz,
  constraint client_kind_known check (kind in ('hospital', 'pharmacy', 'agency', 'operator')),
  constraint institution_has_a_place check (
    kind not in ('hospital', 'pharmacy') or (region_code is not null and institution_id is not null)
  ),
  constraint agency_has_a_region check (kind <> 'agency' or region_code is not null),
  constraint no_private_key check (jwks::text !~ '"(d|p|q|dp|dq|qi|k)"\s*:')
);

-- An assertion counts once. Kept until it would be refused as expired anyway.
create table client_assertion_used (
  client_id  text not null references client,
  jti        text not null,
  expires_at timestamptz not null,
  primary key (client_id, jti)
);
create index client_assertion_used_by_end on client_assertion_used (expires_at);

create table signing_key (
  kid            text primary key,
  public_jwk     jsonb not null,
  -- nonce (12), tag (16), then the PKCS#8 key under AES-256-GCM; the kid is the additional data.
  private_sealed bytea not null,
  created_at     timestamptz not null,
  signs_until    timestamptz not null,
  -- The last token it signed has ended by then.
  verifies_until timestamptz not null,
  constraint verifies_after_signing check (verifies_until > signs_until and signs_until > created_at)
);
