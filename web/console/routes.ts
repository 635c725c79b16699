import type { JobView, Place, Plan, TechnicianView, Zone } from '../shared/api/types';

/** Outline of a territory as a closed ring. */
export function territoryLines(zone: Zone | undefined): GeoJSON.FeatureCollection {
  const ring = zone?.territory.map((p) => [p.lon, p.lat]) ?? [];
  if (ring.length < 3) return { type: 'FeatureCollection', features: [] };
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [...ring, ring[0]!] } }] };
}

/** Stops a technician still has to make, in order: of the tentative plan where it knows them, else of what they have accepted. */
export function stopsOf(technician: TechnicianView, plan: Plan | undefined): { jobId: string | undefined; arriveAt: string | undefined }[] {
  const planned = plan?.routes.find((r) => r.technicianId === technician.id)?.stops;
  if (planned && planned.length > 0) return planned.map((s) => ({ jobId: s.jobId ?? undefined, arriveAt: s.arriveAt }));
  return [...technician.commitments].sort((a, b) => (a.visit?.arriveAt ?? '').localeCompare(b.visit?.arriveAt ?? '')).map((c) => ({ jobId: c.jobId, arriveAt: c.visit?.arriveAt }));
}

export interface RoutesOf {
  readonly technicians: Iterable<TechnicianView>;
  readonly jobs: ReadonlyMap<string, JobView>;
  readonly plan: Plan | undefined;
  readonly zone: Zone | undefined;
  readonly placeOf: (technician: TechnicianView) => Place;
  /** This technician's route stands out and the others recede. */
  readonly chosen: string | undefined;
}

/** Routes as lines from where each technician is through the stops ahead. */
export function routeLines({ technicians, jobs, plan, zone, placeOf, chosen }: RoutesOf): GeoJSON.FeatureCollection {
  const features: GeoJSON.Feature[] = [];
  for (const technician of technicians) {
    const ahead = stopsOf(technician, plan)
      .map((s) => (s.jobId === undefined ? zone?.depot?.place : openPlace(jobs.get(s.jobId))))
      .filter((p): p is Place => p !== undefined);
    if (ahead.length === 0) continue;
    const line = [placeOf(technician), ...ahead];
    features.push({
      type: 'Feature',
      properties: { chosen: technician.id === chosen, dimmed: chosen !== undefined },
      geometry: { type: 'LineString', coordinates: line.map((p) => [p.lon, p.lat]) },
    });
  }
  return { type: 'FeatureCollection', features };
}

const openPlace = (job: JobView | undefined): Place | undefined => (job && job.status !== 'closed' && job.status !== 'cancelled' ? job.place : undefined);
