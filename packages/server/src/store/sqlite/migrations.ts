/**
 * The schema, forward only: each entry takes a file from the version before it to its own (counted from 1), in one
 * transaction. An entry that was released is never edited.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table sessions (
    tenant text not null,
    session text not null,
    made integer not null,
    revision integer not null,
    snapshot text not null,
    last_sequence integer not null,
    last_hash text not null,
    last_at_ms integer not null,
    vault text,
    is_vault_taken integer not null,
    room_epoch integer not null,
    next_deadline_ms integer,
    is_open integer not null,
    primary key (tenant, session)
  ) without rowid;
  create index sessions_due on sessions (next_deadline_ms) where is_open = 1 and next_deadline_ms is not null;
  create table events (
    position integer primary key autoincrement,
    tenant text not null,
    session text not null,
    sequence integer not null,
    event text not null,
    unique (tenant, session, sequence)
  );
  create table effects (
    place integer primary key autoincrement,
    tenant text not null,
    session text not null,
    id text not null,
    job text not null,
    attempts integer not null,
    not_before_ms integer not null,
    leased_until_ms integer not null,
    is_done integer not null,
    unique (tenant, session, id)
  );
  create index effects_waiting on effects (not_before_ms) where is_done = 0;
  create table inputs (
    tenant text not null,
    session text not null,
    id text not null,
    outcome text not null,
    primary key (tenant, session, id)
  ) without rowid;
  create table links (
    token_hash text not null primary key,
    tenant text not null,
    session text not null,
    person text not null,
    expires_at_ms integer not null,
    device text
  ) without rowid;
  create table credentials (
    hash text not null primary key,
    tenant text not null,
    session text not null,
    person text not null,
    device text not null,
    made_at_ms integer not null
  ) without rowid;
  create table devices (
    tenant text not null,
    session text not null,
    person text not null,
    device text not null,
    last_heard_at_ms integer not null,
    is_here integer not null,
    holds_media integer not null,
    primary key (tenant, session, person, device)
  ) without rowid;
  create table cursors (sink text not null primary key, position integer not null) without rowid;
  `,
  `
  alter table sessions add column policy text not null default '';
  `,
];
