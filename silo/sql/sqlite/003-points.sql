-- Jobs by the service point that has them.
ALTER TABLE "view" ADD COLUMN point TEXT;
CREATE INDEX view_point ON "view" (tenant, kind, point, sort_at DESC, id DESC) WHERE point IS NOT NULL;

-- Other names that find exactly one row: the waybills of a job's parcels.
CREATE TABLE view_key (
    tenant TEXT NOT NULL,
    key    TEXT NOT NULL,
    kind   TEXT NOT NULL,
    id     TEXT NOT NULL,
    PRIMARY KEY (tenant, key)
) WITHOUT ROWID;
