import { describe, expect, it } from 'vitest';
import type { MessageView } from './api/types';
import { found, isSettled, jobFilter, latest, lookOfMessage } from './messages';

const message = (more: Partial<MessageView> = {}): MessageView => ({
  id: 'msg_1-1-requested', jobId: 'job_0abcdef', template: 'requested', language: 'en', channel: 'sms', to: '139****0000', text: 'Your repair visit', status: 'queued', attempts: 0,
  createdAt: '2026-05-04T12:00:00Z', updatedAt: '2026-05-04T12:00:00Z', ...more,
});

describe('a message', () => {
  it('that waits after a failed try is being tried again', () => {
    expect(lookOfMessage(message())).toBe('queued');
    expect(lookOfMessage(message({ failure: 'message.gateway_unavailable' }))).toBe('retrying');
    expect(lookOfMessage(message({ status: 'failed', failure: 'message.undeliverable' }))).toBe('failed');
  });
  it('is settled once delivered or failed', () => expect((['queued', 'sent', 'delivered', 'failed'] as const).filter((status) => isSettled({ status }))).toEqual(['delivered', 'failed']));
});

describe('latest', () => {
  it('keeps the later state of each message, and the order given', () => {
    const older = message({ status: 'failed', updatedAt: '2026-05-04T12:00:01Z' });
    const newer = message({ status: 'queued', updatedAt: '2026-05-04T12:00:02Z' });
    const other = message({ id: 'msg_1-2-accepted' });
    expect(latest([newer], [other, older])).toEqual([other, newer]);
    expect(latest([older], [newer])).toEqual([newer]);
    expect(latest([newer], [])).toEqual([]);
  });
});

describe('searching', () => {
  it.each([
    ['job_0abcdef', 'job_0abcdef'],
    ['  job_0abcdef ', 'job_0abcdef'],
    ['abcdef', undefined],
    ['job_', undefined],
    ['job_%', undefined],
  ])('%j asks the server for %j', (text, id) => expect(jobFilter(text)).toBe(id));
  it('finds the end of a job id, a number and words', () => {
    for (const text of ['', 'ABCDEF', '0000', 'repair VISIT', 'job_anything']) expect(found(message(), text), text).toBe(true);
    expect(found(message(), 'nothing of it')).toBe(false);
  });
});
