import type { OfferMode } from './api/types';

/** What modes of a job have in common; the same table as domain/Jobs/ServiceMode.cs. Every mode of a job is a mode of the comparison, too. */

/** A technician comes; every other mode of a job is one of a service point. */
export const isVisit = (mode: OfferMode): boolean => mode === 'doorToDoor' || mode === 'swapAtDoor';

/** The customer gets another unit. */
export const isSwap = (mode: OfferMode): boolean => mode === 'swapAtDoor' || mode === 'swapByPost' || mode === 'swapAtPoint';

/** The customer brings the device to a service point and fetches there what they get. */
export const isAtCounter = (mode: OfferMode): boolean => mode === 'walkIn' || mode === 'swapAtPoint';

/** Parcels with waybills carry the device, by post or by courier. */
export const hasParcels = (mode: OfferMode): boolean => mode === 'mailIn' || mode === 'pickupReturn' || mode === 'swapByPost';
