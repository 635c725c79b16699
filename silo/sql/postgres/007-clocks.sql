-- When the outbox of a record may be left behind, in process time; DueAt is business time.
ALTER TABLE OrleansStorage ADD COLUMN DrainAt bigint GENERATED ALWAYS AS ((PayloadJson ->> 'drainAt')::bigint) STORED;
CREATE INDEX OrleansStorage_drain ON OrleansStorage (ServiceId, DrainAt) WHERE DrainAt IS NOT NULL;

-- Where business time stood at one moment of process time, and how fast it goes from there. No row: it is process time.
CREATE TABLE business_clock (
    id          integer          NOT NULL PRIMARY KEY CHECK (id = 1),
    process_at  bigint           NOT NULL,
    business_at bigint           NOT NULL,
    speed       double precision NOT NULL
);
