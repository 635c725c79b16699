import type { DeviceView } from '../shared/api/types';

/** One line of a device's history. */
export type Entry = { readonly at: string; readonly key: string } & (
  | { readonly kind: 'registered' }
  | { readonly kind: 'service'; readonly service: DeviceView['services'][number]; readonly repeated: boolean }
  | { readonly kind: 'accessory'; readonly accessory: DeviceView['accessories'][number] }
  | { readonly kind: 'part'; readonly part: DeviceView['parts'][number] }
  | { readonly kind: 'owner'; readonly owner: string; readonly first: boolean }
  | { readonly kind: 'step'; readonly step: NonNullable<DeviceView['exchange']>['done'][number] }
);

const REPEAT_DAYS = 30;
const DAY = 86_400_000;

/** Everything that is known of a device, the newest first. A job soon after a repair that ended well is marked: that repair did not hold. */
export function historyOf(device: DeviceView): Entry[] {
  const services = [...device.services].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const entries: Entry[] = [
    { kind: 'registered', at: device.registeredAt, key: 'registered' },
    ...services.map((service, i): Entry => {
      const before = services[i - 1];
      return { kind: 'service', service, at: service.at, key: `service ${service.jobId}`, repeated: before?.outcome === 'repaired' && Date.parse(service.at) - Date.parse(before.at) <= REPEAT_DAYS * DAY };
    }),
    ...device.accessories.map((accessory): Entry => ({ kind: 'accessory', accessory, at: accessory.at, key: `accessory ${accessory.accessory} ${accessory.at}` })),
    ...device.parts.map((part): Entry => ({ kind: 'part', part, at: part.at, key: `part ${part.part} ${part.serial}` })),
    ...device.owners.map(({ owner, at }, i): Entry => ({ kind: 'owner', owner, at, first: i === 0, key: `owner ${at}` })),
    ...(device.exchange?.done ?? []).map((step): Entry => ({ kind: 'step', step, at: step.at, key: `step ${step.step} ${step.at}` })),
  ];
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
