-- Who is logged in, on all instances alike. A cookie, a subject and a session id of the issuer are here as hashes only:
-- what is read from these tables opens nothing.

-- A login under way: begun by one instance, finished by any.
create table login_attempt (
  -- SHA-256 of the browser's cookie and the state together.
  hash bytea primary key,
  -- Nonce, PKCE verifier and the page to return to.
  sealed bytea not null,
  expires timestamptz not null
);

create table session (
  -- SHA-256 of the cookie.
  hash bytea primary key,
  issuer text not null,
  -- Keyed hash of the issuer and the person.
  person text not null,
  -- Keyed hashes of what the issuer calls the person and the session when it logs them out.
  subject bytea not null,
  sid bytea,
  -- Organisation numbers that the person represents, and groups of the county's directory.
  orgnrs text[] not null,
  groups text[] not null,
  acr text,
  high boolean not null,
  -- When the person last proved who they are.
  authenticated timestamptz not null,
  created timestamptz not null,
  seen timestamptz not null,
  expires timestamptz not null
);
create index session_subject on session (subject);
create index session_sid on session (sid) where sid is not null;

-- Logout tokens are used once.
create table logout_token (
  hash bytea primary key,
  expires timestamptz not null
);
