import type { JobStatus } from '../api/types';

/** What a job looks like everywhere: its status, or "unplaced" where the planner found no one. Shape and colour both tell it. */
export type Look = JobStatus | 'unplaced';

/** Filled outline in a 16 × 16 box, and strokes drawn on it in the surface colour. */
export interface Glyph {
  readonly fill: string;
  readonly mark?: string;
  /** Drawn as an outline only: nothing has happened yet. */
  readonly hollow?: boolean;
}

export const glyphs: Record<Look, Glyph> = {
  requested: { fill: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11Z', hollow: true },
  queued: { fill: 'M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z', mark: 'M8 5v3.2l2 1.3' },
  offered: { fill: 'M8 .9 15.1 8 8 15.1.9 8Z', mark: 'M6.6 6.4a1.5 1.5 0 1 1 2.2 1.4c-.6.3-.8.6-.8 1.2M8 11.1v.1' },
  accepted: { fill: 'M4 2h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2Z', mark: 'M5.2 8.2 7.2 10.2 10.9 6' },
  enRoute: { fill: 'M3.2 1.9 14.4 7.2a.9.9 0 0 1 0 1.6L3.2 14.1a.7.7 0 0 1-1-.9L4.4 8 2.2 2.8a.7.7 0 0 1 1-.9Z' },
  arrived: { fill: 'M8 1.4 14.6 7v6.4a1.2 1.2 0 0 1-1.2 1.2H2.6a1.2 1.2 0 0 1-1.2-1.2V7Z', mark: 'M8 14.2v-4' },
  booked: { fill: 'M3.5 2.5h9A1.5 1.5 0 0 1 14 4v8.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 12.5V4a1.5 1.5 0 0 1 1.5-1.5Z', mark: 'M2.8 6h10.4M5.6 9.9l1.6 1.5 3.2-3.2' },
  inTransit: { fill: 'M1 3.2h8.6v2.3h2.7L15 8.4v4h-1.2a1.9 1.9 0 0 1-3.7 0H5.9a1.9 1.9 0 0 1-3.7 0H1Z', mark: 'M9.6 6v3.4h4' },
  received: { fill: 'M8 .9 14.6 4.3v7.4L8 15.1 1.4 11.7V4.3Z', mark: 'M2.6 4.9 8 7.7l5.4-2.8M8 7.7v6' },
  inspected: { fill: 'M6.9 1.3a5.6 5.6 0 0 1 4.5 8.9l3.3 3.3a.85.85 0 0 1-1.2 1.2l-3.3-3.3A5.6 5.6 0 1 1 6.9 1.3Z', mark: 'M4.9 7l1.5 1.4 2.7-2.9' },
  onBench: { fill: 'M5.6 2.4h4.8a.8.8 0 0 1 .8.8v3.6h3.3a.6.6 0 0 1 .6.6v1.8a.6.6 0 0 1-.6.6h-.4v4.4h-2V9.8H3.9v4.4h-2V9.8h-.4a.6.6 0 0 1-.6-.6V7.4a.6.6 0 0 1 .6-.6h3.3V3.2a.8.8 0 0 1 .8-.8Z' },
  checked: { fill: 'M8 .9 14 3.2v4.4c0 3.7-2.5 6.2-6 7.5-3.5-1.3-6-3.8-6-7.5V3.2Z', mark: 'M5.3 7.9l2 2 3.5-3.9' },
  packed: { fill: 'M2.4 2.5h11.2a1.2 1.2 0 0 1 1.2 1.2v8.6a1.2 1.2 0 0 1-1.2 1.2H2.4a1.2 1.2 0 0 1-1.2-1.2V3.7a1.2 1.2 0 0 1 1.2-1.2Z', mark: 'M8 3v4.6M1.8 7.6h12.4' },
  shipped: { fill: 'M15 3.2H6.4v2.3H3.7L1 8.4v4h1.2a1.9 1.9 0 0 0 3.7 0h4.2a1.9 1.9 0 0 0 3.7 0H15Z', mark: 'M6.4 6v3.4h-4' },
  delivered: { fill: 'M8 1.4 14.6 7v6.4a1.2 1.2 0 0 1-1.2 1.2H2.6a1.2 1.2 0 0 1-1.2-1.2V7Z', mark: 'M5.2 9.5l2 2 3.6-4' },
  repaired: { fill: 'M4.6 1.9h6.8L14.9 8l-3.5 6.1H4.6L1.1 8Z', mark: 'M5.4 8.2 7.3 10.1 10.7 6.2' },
  signed: { fill: 'M4.6 1.9h6.8L14.9 8l-3.5 6.1H4.6L1.1 8Z', mark: 'M4.8 10.4c1.2-4 2-4.6 2.4-4s-1.4 3.6-.4 3.6 1.2-1.8 2-1.8.4 1.4 2.2 1.2' },
  closed: { fill: 'M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z', mark: 'M5.4 8.2 7.3 10.1 10.7 6.2' },
  cancelled: { fill: 'M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z', mark: 'M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4' },
  unplaced: { fill: 'M8 1.2a1.2 1.2 0 0 1 1 .6l6 10.6a1.2 1.2 0 0 1-1 1.8H2a1.2 1.2 0 0 1-1-1.8L7 1.8a1.2 1.2 0 0 1 1-.6Z', mark: 'M8 5.4v3.8M8 11.6v.1' },
};

/** The glyph of a look; of one that this page does not know, that of a thing to which nothing has happened. */
export const glyphOf = (look: Look): Glyph => glyphs[look] ?? glyphs.requested;

export function lookOf(job: { status: JobStatus; unplaced?: readonly unknown[] | null }): Look {
  return (job.status === 'queued' || job.status === 'requested') && (job.unplaced?.length ?? 0) > 0 ? 'unplaced' : job.status;
}
