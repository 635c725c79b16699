import { describe, expect, it } from 'vitest';
import type { Answer } from '../shared/api/client';
import type { JobReply } from '../shared/api/types';
import { expectedStatus, OperationQueue, type Operation, type Verb } from './queue';

const reply: Answer<JobReply> = { ok: true, status: 200, value: { id: 'job_1', status: 'enRoute', epoch: 3, version: 4, token: 't' } };
const refusal = (status: number, code: string): Answer<JobReply> => ({ ok: false, problem: { status, code } });
const operation = (key: string, verb: Verb = 'depart', jobId = 'job_1'): Omit<Operation, 'state'> => ({ key, verb, path: `/v1/jobs/${jobId}/${verb}`, body: { epoch: 3 }, jobId, epoch: 3, at: '2026-03-02T08:00:00Z' });

/** A phone: its storage, and a server that answers what it is told to. */
class Phone {
  stored = '[]';
  readonly sent: string[] = [];
  readonly done: string[] = [];
  readonly refused: string[] = [];
  answers: (operation: Operation) => Answer<JobReply> = () => reply;
  queue = this.open();

  open(): OperationQueue {
    return (this.queue = new OperationQueue(
      { read: () => JSON.parse(this.stored) as Operation[], write: (list) => void (this.stored = JSON.stringify(list)) },
      async (o) => {
        this.sent.push(o.key);
        return this.answers(o);
      },
      { changed: () => {}, done: (o) => this.done.push(o.key), refused: (o) => this.refused.push(o.key) },
    ));
  }
}

describe('OperationQueue', () => {
  it('sends what is added and forgets it when the server has done it', async () => {
    const phone = new Phone();
    await phone.queue.add(operation('a'));
    expect(phone.done).toEqual(['a']);
    expect(phone.queue.operations).toEqual([]);
  });

  it('keeps everything while the server cannot be reached, and sends it in order with the same keys', async () => {
    const phone = new Phone();
    phone.answers = () => refusal(0, 'network.unreachable');
    await phone.queue.add(operation('a', 'depart'));
    await phone.queue.add(operation('b', 'arrive'));
    expect(phone.queue.operations.map((o) => [o.key, o.state])).toEqual([['a', 'waiting'], ['b', 'waiting']]);
    phone.answers = () => reply;
    await phone.queue.flush();
    expect(phone.sent).toEqual(['a', 'a', 'a', 'b']);
    expect(phone.done).toEqual(['a', 'b']);
  });

  it('never lets a later step overtake an earlier one that failed in passing', async () => {
    const phone = new Phone();
    phone.answers = (o) => (o.key === 'a' ? refusal(503, 'server.unavailable') : reply);
    await phone.queue.add(operation('a', 'depart'));
    await phone.queue.add(operation('b', 'arrive'));
    expect(phone.sent).not.toContain('b');
  });

  it('survives a closed page', async () => {
    const phone = new Phone();
    phone.answers = () => refusal(0, 'network.unreachable');
    await phone.queue.add(operation('a'));
    phone.answers = () => reply;
    await phone.open().flush();
    expect(phone.done).toEqual(['a']);
  });

  it('sets a refused operation aside with its reason and goes on with the next', async () => {
    const phone = new Phone();
    phone.answers = (o) => (o.key === 'a' ? refusal(409, 'job.epoch_stale') : reply);
    await phone.queue.add(operation('a', 'depart', 'job_1'));
    await phone.queue.add(operation('b', 'accept', 'job_2'));
    expect(phone.refused).toEqual(['a']);
    expect(phone.done).toEqual(['b']);
    expect(phone.queue.operations).toMatchObject([{ key: 'a', state: 'refused', problem: { code: 'job.epoch_stale' } }]);
    await phone.queue.flush();
    expect(phone.sent).toEqual(['a', 'b']);
  });

  it('forgets a refusal when the person has seen it, and never what still waits', async () => {
    const phone = new Phone();
    phone.answers = (o) => (o.key === 'a' ? refusal(409, 'job.epoch_stale') : refusal(0, 'network.unreachable'));
    await phone.queue.add(operation('a'));
    await phone.queue.add(operation('b', 'accept', 'job_2'));
    phone.queue.dismiss('a');
    phone.queue.dismiss('b');
    expect(phone.queue.operations.map((o) => o.key)).toEqual(['b']);
  });

  it('sends once although asked twice at the same time', async () => {
    const phone = new Phone();
    await Promise.all([phone.queue.add(operation('a')), phone.queue.flush(), phone.queue.flush()]);
    expect(phone.sent).toEqual(['a']);
  });

  it('sends what is added while a round runs', async () => {
    const phone = new Phone();
    const first = phone.queue.add(operation('a'));
    const second = phone.queue.add(operation('b', 'arrive'));
    await Promise.all([first, second]);
    expect(phone.done).toEqual(['a', 'b']);
  });
});

describe('expectedStatus', () => {
  const waiting = (verb: Verb, jobId = 'job_1'): Operation => ({ ...operation(verb, verb, jobId), state: 'waiting' });
  it('is the server’s where nothing waits', () => {
    expect(expectedStatus({ id: 'job_1', status: 'accepted' }, [waiting('depart', 'job_2')])).toEqual({ status: 'accepted', pending: false });
  });
  it('runs ahead with what waits for this job', () => {
    expect(expectedStatus({ id: 'job_1', status: 'accepted' }, [waiting('depart'), waiting('arrive')])).toEqual({ status: 'arrived', pending: true });
  });
  it('does not run ahead with what was refused', () => {
    expect(expectedStatus({ id: 'job_1', status: 'accepted' }, [{ ...waiting('depart'), state: 'refused' }])).toEqual({ status: 'accepted', pending: false });
  });
});
