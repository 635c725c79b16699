import { describe, expect, it } from 'vitest';
import type { JobView, StreamEvent, TechnicianView } from '../shared/api/types';
import { byNeed, doing, expected, figures, matches, passes, ZoneModel } from './model';
import { knownZone } from '../shared/i18n/zone';

const job = (over: Partial<JobView> = {}): JobView => ({
  id: 'job_1', zone: 'zone_a', status: 'queued', epoch: 1, version: 3, category: 'screen', severity: 'regular', place: { lon: 121, lat: 31 },
  mode: 'doorToDoor', windows: [{ from: '2026-03-02T08:00:00Z', to: '2026-03-02T10:00:00Z' }], requestedAt: '2026-03-02T07:00:00Z', updatedAt: '2026-03-02T07:00:00Z', ...over,
});
const technician = (over: Partial<TechnicianView> = {}): TechnicianView => ({
  id: 'tech_1', name: 'Lin', zone: 'zone_a', home: { lon: 121, lat: 31 }, shift: { from: '2026-03-02T07:00:00Z', to: '2026-03-02T17:00:00Z' }, skills: [], tools: [], stock: [], onDuty: true, commitments: [], version: 1, ...over,
});
const event = (type: string, data: StreamEvent['data'], seq = 1): StreamEvent => ({ seq, type, at: '2026-03-02T07:05:00Z', source: 'job_1', number: 1, data });

describe('ZoneModel', () => {
  it('shows the view an event brings', () => {
    const model = new ZoneModel();
    expect(model.apply([event('job.queued', { jobId: 'job_1', view: job() })])).toBe(true);
    expect(model.jobs.get('job_1')?.status).toBe('queued');
  });

  it('drops a view with a lower version than the one shown', () => {
    const model = new ZoneModel();
    model.putJob(job({ version: 5, status: 'accepted' }));
    expect(model.apply([event('job.offered', { jobId: 'job_1', view: job({ version: 4, status: 'offered' }) })])).toBe(false);
    expect(model.jobs.get('job_1')?.status).toBe('accepted');
  });

  it('follows an event without a view by its status, epoch and version', () => {
    const model = new ZoneModel();
    model.putJob(job());
    model.apply([event('job.offered', { jobId: 'job_1', status: 'offered', epoch: 2, version: 4 })]);
    expect(model.jobs.get('job_1')).toMatchObject({ status: 'offered', epoch: 2, version: 4, category: 'screen' });
  });

  it('follows technicians', () => {
    const model = new ZoneModel();
    model.apply([event('technician.dutyChanged', { view: technician({ version: 2, onDuty: false }) }), event('technician.registered', { view: technician({ version: 1 }) })]);
    expect(model.technicians.get('tech_1')?.onDuty).toBe(false);
  });

  it('takes a snapshot: missing open jobs go, finished ones and those of another zone stay, newer ones stay', () => {
    const model = new ZoneModel();
    model.putJob(job({ id: 'job_gone' }));
    model.putJob(job({ id: 'job_done', status: 'closed' }));
    model.putJob(job({ id: 'job_1', version: 9, status: 'arrived' }));
    model.putTechnician(technician({ id: 'tech_gone' }));
    model.putJob(job({ id: 'job_elsewhere', zone: 'zone_b' }));
    model.putTechnician(technician({ id: 'tech_elsewhere', zone: 'zone_b' }));
    model.replace('zone_a', { stream: 'zone/zone_a', seq: 10, jobs: [job({ id: 'job_1', version: 8, status: 'enRoute' }), job({ id: 'job_2' })], technicians: [technician()], positions: [] });
    expect([...model.jobs.keys()].sort()).toEqual(['job_1', 'job_2', 'job_done', 'job_elsewhere']);
    expect(model.jobs.get('job_1')?.status).toBe('arrived');
    expect([...model.technicians.keys()].sort()).toEqual(['tech_1', 'tech_elsewhere']);
  });
});

describe('figures', () => {
  it('counts what the strip shows', () => {
    const model = new ZoneModel();
    const now = Date.parse('2026-03-02T12:00:00+08:00');
    model.putJob(job({ id: 'a' }));
    model.putJob(job({ id: 'b', unplaced: [{ code: 'plan.skill_missing', count: 4 }] }));
    model.putJob(job({ id: 'c', status: 'enRoute', unplaced: [{ code: 'plan.skill_missing', count: 4 }] }));
    model.putJob(job({ id: 'd', status: 'arrived' }));
    model.putJob(job({ id: 'e', status: 'closed', updatedAt: '2026-03-02T01:00:00Z' }));
    model.putJob(job({ id: 'f', status: 'closed', updatedAt: '2026-03-01T15:00:00Z' }));
    model.putJob(job({ id: 'g', status: 'cancelled' }));
    model.putTechnician(technician());
    model.putTechnician(technician({ id: 'tech_2', onDuty: false }));
    expect(figures(model, knownZone('Asia/Shanghai')!, now)).toEqual({ open: 4, unplaced: 1, offered: 0, enRoute: 1, onSite: 1, atPoint: 0, closedToday: 1, onDuty: 1 });
  });
});

describe('the list', () => {
  it('is ordered by need', () => {
    const list = [
      job({ id: 'closed', status: 'closed' }),
      job({ id: 'late', windows: [{ from: '2026-03-02T08:00:00Z', to: '2026-03-02T18:00:00Z' }] }),
      job({ id: 'soon' }),
      job({ id: 'urgent', severity: 'urgent', windows: [{ from: '2026-03-02T08:00:00Z', to: '2026-03-02T18:00:00Z' }] }),
      job({ id: 'unplaced', unplaced: [{ code: 'plan.tool_missing', count: 1 }] }),
    ];
    expect(list.sort(byNeed).map((j) => j.id)).toEqual(['unplaced', 'urgent', 'soon', 'late', 'closed']);
  });

  it('filters by status', () => {
    expect(passes(job({ status: 'signed' }), 'onSite')).toBe(true);
    expect(passes(job({ status: 'repaired', mode: 'mailIn' }), 'onSite')).toBe(false);
    expect(passes(job({ status: 'repaired', mode: 'mailIn' }), 'atPoint')).toBe(true);
    expect(passes(job({ status: 'repaired' }), 'atPoint')).toBe(false);
    expect(passes(job({ status: 'shipped', mode: 'mailIn' }), 'parcel')).toBe(true);
    expect([passes(job({}), 'open', 'mailIn'), passes(job({ mode: 'mailIn' }), 'open', 'mailIn'), passes(job({}), 'open', 'doorToDoor')]).toEqual([false, true, true]);
    expect(passes(job({ status: 'signed' }), 'open')).toBe(true);
    expect(passes(job({ status: 'closed' }), 'open')).toBe(false);
    expect(passes(job({ unplaced: [] }), 'unplaced')).toBe(false);
  });

  it('finds by every word of the search', () => {
    const found = job({ device: { brand: 'Aurora', model: 'X5' }, symptom: 'Screen black' });
    expect(matches(found, '', '')).toBe(true);
    expect(matches(found, 'aurora black', '')).toBe(true);
    expect(matches(found, 'aurora white', '')).toBe(false);
    expect(matches(found, 'chen', 'Chen Yu')).toBe(true);
  });
});

describe('doing', () => {
  it('follows the jobs a technician holds', () => {
    const jobs = new Map([['a', job({ id: 'a', status: 'enRoute' })], ['b', job({ id: 'b', status: 'arrived' })]]);
    const holding = (...ids: string[]) => technician({ commitments: ids.map((jobId) => ({ jobId, epoch: 1, status: 'confirmed' as const })) });
    expect(doing(technician({ onDuty: false }), jobs)).toBe('off');
    expect(doing(technician(), jobs)).toBe('free');
    expect(doing(holding('a'), jobs)).toBe('enRoute');
    expect(doing(holding('a', 'b'), jobs)).toBe('working');
    expect(doing(technician({ depotCall: { number: 1, depot: 'depot_1', place: { lon: 121, lat: 31 }, departAt: '', status: 'underWay' } }), jobs)).toBe('enRoute');
  });
});

describe('expected', () => {
  const at = Date.parse('2026-03-02T09:00:00Z');
  it('holds until the interval told to the customer is over', () => {
    expect(expected(job({ arrival: { from: '2026-03-02T08:50:00Z', to: '2026-03-02T09:00:01Z' } }), at)).toBe(true);
    expect(expected(job({ arrival: { from: '2026-03-02T08:50:00Z', to: '2026-03-02T09:00:00Z' } }), at)).toBe(false);
    expect(expected(job({ arrival: null }), at)).toBe(false);
  });
});
