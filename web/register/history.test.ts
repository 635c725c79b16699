import { describe, expect, it } from 'vitest';
import type { DeviceView } from '../shared/api/types';
import { historyOf } from './history';

const at = (day: number) => `2026-03-${String(day).padStart(2, '0')}T08:00:00Z`;
const service = (jobId: string, day: number, outcome: 'repaired' | 'not_repaired'): DeviceView['services'][number] => ({ jobId, at: at(day), fault: 'screen', outcome, mode: 'mailIn', parts: [], brand: 'Huawei' });
const device: DeviceView = {
  id: 'dev_1', kind: 'phone', brand: 'Huawei', model: 'P60 Pro', registeredAt: at(1), services: [service('job_b', 20, 'not_repaired'), service('job_a', 5, 'repaired'), service('job_c', 22, 'repaired')], repeatedRepairs: 1,
  accessories: [{ accessory: 'battery', at: at(7) }], parts: [{ part: 'screen', serial: 'SC-1', at: at(5) }], owners: [{ owner: 'abc', at: at(2) }, { owner: 'def', at: at(9) }],
  exchange: { remedy: 'exchangeUnit', clause: 'cn-phones/2026-1#day-7/exchange', status: 'open', done: [{ step: 'verify', desk: 'technician', by: 'tech_1', at: at(23), notes: [] }] }, version: 3,
};

describe('the history of a device', () => {
  it('holds whatever was done to it, the newest first', () => {
    expect(historyOf(device).map((e) => e.kind)).toEqual(['step', 'service', 'service', 'owner', 'accessory', 'service', 'part', 'owner', 'registered']);
  });
  it('marks the job after a repair that did not hold, and only that', () => {
    expect(historyOf(device).flatMap((e) => (e.kind === 'service' && e.repeated ? [e.service.jobId] : []))).toEqual(['job_b']);
  });
  it('tells the first owner from those who came after', () => expect(historyOf(device).flatMap((e) => (e.kind === 'owner' ? [e.first] : []))).toEqual([false, true]));
  it('gives every line a name of its own', () => expect(new Set(historyOf(device).map((e) => e.key)).size).toBe(9));
});
