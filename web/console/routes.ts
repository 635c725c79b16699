import type { JobView, Place, Plan, TechnicianView, Zone } from '../shared/api/types';
import { joined } from '../shared/map/dateline';

/** Outlines of territories as closed rings. */
export function territoryLines(zones: readonly Zone[]): GeoJSON.FeatureCollection {
  const rings = zones.map((zone) => zone.territory).filter((ring) => ring.length >= 3);
  return {
    type: 'FeatureCollection',
    features: rings.map((ring) => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: joined([...ring, ring[0]!]) } })),
  };
}

/** Stops a technician still has to make, by time: what they hold, the depot call, and what the tentative plan would add. */
export function stopsOf(technician: TechnicianView, plan: Plan | undefined): { jobId: string | undefined; arriveAt: string }[] {
  const stops = new Map<string, { jobId: string | undefined; arriveAt: string }>();
  for (const c of technician.commitments) stops.set(c.jobId, { jobId: c.jobId, arriveAt: c.visit?.arriveAt ?? '' });
  for (const s of plan?.routes.find((r) => r.technicianId === technician.id)?.stops ?? []) {
    if (s.kind === 'break') continue;
    const key = s.jobId ?? 'depot';
    if (!stops.has(key)) stops.set(key, { jobId: s.jobId ?? undefined, arriveAt: s.arriveAt });
  }
  if (technician.depotCall && !stops.has('depot')) stops.set('depot', { jobId: undefined, arriveAt: technician.depotCall.departAt });
  return [...stops.values()].sort((a, b) => Date.parse(a.arriveAt) - Date.parse(b.arriveAt));
}

export interface RoutesOf {
  readonly technicians: Iterable<TechnicianView>;
  readonly jobs: ReadonlyMap<string, JobView>;
  readonly plan: Plan | undefined;
  readonly zones: readonly Zone[];
  readonly placeOf: (technician: TechnicianView) => Place;
  /** This technician's route stands out and the others recede. */
  readonly chosen: string | undefined;
}

/** Routes as lines from where each technician is through the stops ahead. */
export function routeLines({ technicians, jobs, plan, zones, placeOf, chosen }: RoutesOf): GeoJSON.FeatureCollection {
  const features: GeoJSON.Feature[] = [];
  for (const technician of technicians) {
    const ahead = stopsOf(technician, plan)
      .map((s) => (s.jobId === undefined ? zones.find((z) => z.id === technician.zone)?.depot?.place : openPlace(jobs.get(s.jobId))))
      .filter((p): p is Place => p !== undefined);
    if (ahead.length === 0) continue;
    const line = [placeOf(technician), ...ahead];
    features.push({
      type: 'Feature',
      properties: { chosen: technician.id === chosen, dimmed: chosen !== undefined },
      geometry: { type: 'LineString', coordinates: joined(line) },
    });
  }
  return { type: 'FeatureCollection', features };
}

const openPlace = (job: JobView | undefined): Place | undefined => (job && job.status !== 'closed' && job.status !== 'cancelled' ? job.place : undefined);
