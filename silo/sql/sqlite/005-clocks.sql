-- When the outbox of a record may be left behind, in process time; DueAt is business time.
ALTER TABLE OrleansStorage ADD COLUMN DrainAt INTEGER GENERATED ALWAYS AS (json_extract(PayloadJson, '$.drainAt')) VIRTUAL;
CREATE INDEX OrleansStorage_drain ON OrleansStorage (ServiceId, DrainAt) WHERE DrainAt IS NOT NULL;

-- Where business time stood at one moment of process time, and how fast it goes from there. No row: it is process time.
CREATE TABLE business_clock (
    id          INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    process_at  INTEGER NOT NULL,
    business_at INTEGER NOT NULL,
    speed       REAL    NOT NULL
);
