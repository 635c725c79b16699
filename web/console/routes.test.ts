import { describe, expect, it } from 'vitest';
import type { JobView, Plan, TechnicianView, Zone } from '../shared/api/types';
import { routeLines, stopsOf, territoryLines } from './routes';

const zone: Zone = { id: 'z', name: 'Z', territory: [{ lon: 0, lat: 0 }, { lon: 1, lat: 0 }, { lon: 1, lat: 1 }], depot: { id: 'd', name: 'Depot', place: { lon: 9, lat: 9 } } };
const technician = { id: 't', zone: 'z', home: { lon: 5, lat: 5 }, commitments: [{ jobId: 'late', epoch: 1, status: 'x', visit: { arriveAt: '2026-01-01T12:00:00Z' } }, { jobId: 'early', epoch: 1, status: 'x', visit: { arriveAt: '2026-01-01T08:00:00Z' } }] } as unknown as TechnicianView;
const jobs = new Map([['early', { id: 'early', status: 'accepted', place: { lon: 1, lat: 1 } }], ['late', { id: 'late', status: 'closed', place: { lon: 2, lat: 2 } }]] as [string, JobView][]);
const plan: Plan = { zone: 'z', plannedAt: '', unplaced: [], routes: [{ technicianId: 't', stops: [{ kind: 'depot', arriveAt: '2026-01-01T07:00:00Z' }, { kind: 'job', jobId: 'early', arriveAt: '2026-01-01T08:00:00Z' }] }] };

describe('routes', () => {
  it('close the ring of a territory', () => {
    expect((territoryLines([zone]).features[0]!.geometry as GeoJSON.LineString).coordinates).toEqual([[0, 0], [1, 0], [1, 1], [0, 0]]);
    expect(territoryLines([]).features).toEqual([]);
  });

  it('go the short way across the date line', () => {
    const across = { ...zone, territory: [{ lon: 178, lat: 0 }, { lon: -178, lat: 0 }, { lon: -178, lat: 1 }, { lon: 178, lat: 1 }] };
    expect((territoryLines([across]).features[0]!.geometry as GeoJSON.LineString).coordinates.map(([lon]) => lon)).toEqual([178, 182, 182, 178, 178]);
  });

  it('hold what is accepted and what the plan would add, each once and by time', () => {
    expect(stopsOf(technician, plan).map((s) => s.jobId)).toEqual([undefined, 'early', 'late']);
    expect(stopsOf(technician, undefined).map((s) => s.jobId)).toEqual(['early', 'late']);
  });

  it('hold the depot call where the plan does not', () => {
    const called = { ...technician, depotCall: { number: 1, depot: 'd', place: { lon: 9, lat: 9 }, departAt: '2026-01-01T07:30:00Z', status: 'ordered' as const } };
    expect(stopsOf(called, undefined).map((s) => s.jobId)).toEqual([undefined, 'early', 'late']);
    expect(stopsOf(called, plan).filter((s) => s.jobId === undefined).length).toBe(1);
  });

  it('lead from the technician over the depot to open jobs only', () => {
    const lines = (p: Plan | undefined) => routeLines({ technicians: [technician], jobs, plan: p, zones: [zone], placeOf: (t) => t.home, chosen: 't' }).features;
    expect((lines(plan)[0]!.geometry as GeoJSON.LineString).coordinates).toEqual([[5, 5], [9, 9], [1, 1]]);
    expect((lines(undefined)[0]!.geometry as GeoJSON.LineString).coordinates).toEqual([[5, 5], [1, 1]]);
    expect(lines(plan)[0]!.properties).toEqual({ chosen: true, dimmed: true });
  });
});
