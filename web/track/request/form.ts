import type { Mode, Place, TimeWindow } from '../../shared/api/types';
import { isPhone } from '../../shared/phone';

export type Fault = 'category' | 'brand' | 'model' | 'place' | 'address' | 'window' | 'name' | 'phone';

export interface Filled {
  readonly category: string;
  readonly brand: string;
  readonly model: string;
  readonly mode: Mode;
  readonly place: Place | undefined;
  readonly address: string;
  readonly window: TimeWindow | undefined;
  readonly name: string;
  readonly phone: string;
}

/** What is missing, in the order of the form. Brand and model belong together: both or neither. A visit wants a time, a parcel an address for its label. */
export function faultsOf(form: Filled): Fault[] {
  const faults: Fault[] = [];
  const [brand, model] = [form.brand.trim(), form.model.trim()];
  if (form.category === '') faults.push('category');
  if (brand === '' && model !== '') faults.push('brand');
  if (brand !== '' && model === '') faults.push('model');
  if (!form.place) faults.push('place');
  if (form.mode === 'mailIn' && form.address.trim() === '') faults.push('address');
  if (form.mode === 'doorToDoor' && !form.window) faults.push('window');
  if (form.name.trim() === '') faults.push('name');
  if (!isPhone(form.phone)) faults.push('phone');
  return faults;
}

/** Typed degrees → a place in WGS-84; undefined unless both are numbers on the globe. A decimal comma is understood. */
export function readDegrees(lon: string, lat: string): Place | undefined {
  const read = (text: string, limit: number) => {
    const trimmed = text.trim().replace(',', '.');
    const value = Number(trimmed);
    return trimmed !== '' && Number.isFinite(value) && Math.abs(value) <= limit ? value : undefined;
  };
  const [x, y] = [read(lon, 180), read(lat, 90)];
  return x === undefined || y === undefined ? undefined : { lon: x, lat: y };
}
