import type { OfferMode } from '../shared/api/types';
import type { IconName } from '../shared/ui/Icon.svelte';

export const modeIcons: Record<OfferMode, IconName> = {
  remote: 'phone', selfService: 'wrench', walkIn: 'depot', pickupReturn: 'truck', doorToDoor: 'door', mailIn: 'box', swapAtDoor: 'swap', swapByPost: 'mail', swapAtPoint: 'swap', tradeIn: 'phoneDevice', recycling: 'layers',
};
