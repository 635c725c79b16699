import type { PartQuantity, ReasonCount, StreamEvent } from '../shared/api/types';
import { isolate } from '../shared/i18n/direction';

/** Words and names the page brings; the function below only decides what is worth saying of an event. */
export interface Speaker {
  readonly name: (technicianId: string) => string;
  readonly decline: (reason: string) => string;
  readonly refusal: (code: string) => string;
  readonly outcome: (outcome: string) => string;
  readonly part: (part: PartQuantity) => string;
  readonly parcel: (direction: string, status: string) => string;
  readonly checked: (passed: boolean) => string;
  readonly money: (minor: number, currency: string) => string;
  readonly answerer: (by: string) => string;
}

const list = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What happened, besides the type of the event: who, why, with what. Empty where the type says it all. */
export function historyDetail({ type, data }: StreamEvent, say: Speaker): string {
  const who = text(data['technicianId']);
  const parts: string[] = [];
  switch (type) {
    case 'job.moved':
      parts.push([...list<string>(data['from']), ...list<{ technicianId: string }>(data['candidates']).map((c) => c.technicianId)].map(say.name).join(' → '));
      break;
    case 'job.offered':
      parts.push(list<{ technicianId: string }>(data['candidates']).map((c) => say.name(c.technicianId)).join(', '));
      break;
    case 'job.declined':
      parts.push(who && say.name(who), say.decline(text(data['reason'])));
      break;
    case 'job.expired':
      parts.push(list<string>(data['technicians']).map(say.name).join(', '));
      break;
    case 'job.withdrawn':
    case 'job.cancelled':
      parts.push(list<string>(data['from']).map(say.name).join(', '), text(data['reason']) === 'rescheduled' ? '' : text(data['reason']));
      break;
    case 'job.unplaced':
      parts.push(list<ReasonCount>(data['reasons']).map((r) => say.refusal(r.code)).join(', '));
      break;
    case 'job.repaired':
      parts.push(who && say.name(who), say.outcome(text(data['outcome'])), list<PartQuantity>(data['partsUsed']).map(say.part).join(', '), text(data['work']));
      break;
    case 'job.booked':
    case 'job.bookingConfirmed':
    case 'job.bookingLost':
      parts.push(say.name(text(data['pointId']) || text((data['booking'] as { pointId?: string } | undefined)?.pointId)), data['reason'] ? say.refusal(text(data['reason'])) : '');
      break;
    case 'job.parcelMoved':
      parts.push(say.parcel(text(data['direction']), text(data['parcelStatus'])), text(data['text']));
      break;
    case 'job.deviceCorrected':
      parts.push(text((data['device'] as { serial?: string } | undefined)?.serial));
      break;
    case 'job.inspected':
      parts.push(text(data['findings']));
      break;
    case 'job.benchFinished':
      parts.push(say.outcome(text(data['outcome'])), list<PartQuantity>(data['partsUsed']).map(say.part).join(', '), text(data['work']));
      break;
    case 'job.checked':
      parts.push(say.checked(data['passed'] === true), text(data['note']));
      break;
    case 'job.quoted': {
      const { quote } = data as { quote?: { number: number; terms?: { total?: number; currency?: string; note?: string | null } } };
      parts.push(quote ? `${quote.number}` : '', typeof quote?.terms?.total === 'number' ? say.money(quote.terms.total, text(quote.terms.currency)) : '', text(quote?.terms?.note));
      break;
    }
    case 'job.quoteApproved':
    case 'job.quoteRefused':
    case 'job.quoteLapsed':
      parts.push(typeof data['number'] === 'number' ? `${data['number']}` : '', data['by'] ? say.answerer(text(data['by'])) : '');
      break;
    case 'job.queued':
    case 'job.requested':
    case 'job.triaged':
    case 'job.parked':
    case 'job.unparked':
      break;
    default:
      parts.push(who && say.name(who));
  }
  return parts.filter(Boolean).map(isolate).join(' · ');
}
