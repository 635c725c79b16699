import type { JobView, PointView, TechnicianView } from './types';

/**
 * What a page relies on, where a record lacks it: a server of another version, or one wrong record among thousands, must not take the others off the page. What is
 * there stays as it is, also words that this page does not know.
 */
const list = <T>(value: T[] | null | undefined): T[] => (Array.isArray(value) ? value.filter((item) => item !== null && item !== undefined) : []);
const text = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise);
/** A list that may be left out. */
const given = <T>(value: T[] | null | undefined): T[] | null => (Array.isArray(value) ? list(value) : null);
const nowhere = { lon: 0, lat: 0 };

export const soundJob = (view: JobView): JobView => ({
  ...view,
  category: text(view.category),
  place: view.place ?? nowhere,
  windows: list(view.windows),
  requestedAt: text(view.requestedAt),
  updatedAt: text(view.updatedAt),
  candidates: given(view.candidates),
  unplaced: given(view.unplaced),
  parcels: given(view.parcels),
});

export const soundTechnician = (view: TechnicianView): TechnicianView => ({
  ...view,
  name: text(view.name, view.id),
  home: view.home ?? nowhere,
  shift: view.shift ?? { from: '', to: '' },
  skills: list(view.skills),
  tools: list(view.tools),
  stock: list(view.stock),
  commitments: list(view.commitments),
});

export const soundPoint = (view: PointView): PointView => ({
  ...view,
  name: text(view.name, view.id),
  place: view.place ?? nowhere,
  serves: list(view.serves),
  brands: list(view.brands),
  skills: list(view.skills),
  stock: list(view.stock),
  slots: list(view.slots),
  days: list(view.days),
  hours: { ...view.hours, open: text(view.hours?.open, '00:00'), close: text(view.hours?.close, '24:00'), timeZone: text(view.hours?.timeZone), closedOn: list(view.hours?.closedOn) },
});
