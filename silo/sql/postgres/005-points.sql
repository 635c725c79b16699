-- Jobs by the service point that has them.
ALTER TABLE "view" ADD COLUMN point text;
CREATE INDEX view_point ON "view" (tenant, kind, point, sort_at DESC, id DESC) WHERE point IS NOT NULL;

-- Other names that find exactly one row: the waybills of a job's parcels.
CREATE TABLE view_key (
    tenant text NOT NULL,
    key    text NOT NULL,
    kind   text NOT NULL,
    id     text NOT NULL,
    PRIMARY KEY (tenant, key)
);
