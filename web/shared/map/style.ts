import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Locale } from '../i18n/index.svelte';
import type { MapTheme } from './theme';

type Line = Extract<LayerSpecification, { type: 'line' }>;
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };
/** Sources of the basemap, each a file of its own. */
export const basemap = ['land', 'roads', 'places'] as const;
export const basemapUrl = (part: (typeof basemap)[number]): string => `/basemap/${part}.json`;

const nameField: Record<Locale, string> = { en: 'en', 'zh-Hans': 'hans', 'zh-Hant': 'hant' };

const byZoom = (...stops: number[]) => ['interpolate', ['exponential', 1.6], ['zoom'], ...stops] as unknown as number;

/**
 * The synthetic city as a MapLibre style. There are no glyphs: names are pictures made on the page (see labels.ts), so that no font
 * server is ever asked. `own` gives sources of the page itself, drawn above the streets.
 */
export function cityStyle(theme: MapTheme, locale: Locale, own: { territory?: GeoJSON.FeatureCollection; routes?: GeoJSON.FeatureCollection; routesFrom?: number } = {}): StyleSpecification {
  const road = (kind: string, id: string, color: string, width: number, extra: { minzoom?: number; dash?: number[]; opacity?: number } = {}): Line => ({
    id, type: 'line', source: 'roads', filter: ['==', ['get', 'kind'], kind],
    ...(extra.minzoom !== undefined && { minzoom: extra.minzoom }),
    layout: { 'line-cap': extra.dash ? 'butt' : 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': width, ...(extra.dash && { 'line-dasharray': extra.dash }), ...(extra.opacity !== undefined && { 'line-opacity': extra.opacity }) },
  });
  const area = (kind: string, color: string): LayerSpecification => ({ id: kind, type: 'fill', source: 'land', filter: ['==', ['get', 'kind'], kind], paint: { 'fill-color': color, 'fill-antialias': true } });
  const names = (kind: string, minzoom: number, maxzoom: number): LayerSpecification => ({
    id: `names-${kind}`, type: 'symbol', source: 'places', minzoom, maxzoom, filter: ['==', ['get', 'kind'], kind],
    layout: { 'icon-image': ['concat', `label:${theme.name}:${kind}:`, ['get', nameField[locale]]], 'icon-padding': 6 },
  });
  const streets = (): LayerSpecification[] => [
    road('street', 'street', theme.street, byZoom(10.5, 0.3, 12, 0.9, 14, 3.2, 17, 14), { minzoom: 10.5 }),
    road('secondary', 'secondary-casing', theme.casing, byZoom(10, 1, 12, 2.6, 14, 6.6, 17, 24), { minzoom: 11.2 }),
    road('primary', 'primary-casing', theme.casing, byZoom(9, 1.2, 12, 3.8, 14, 8.6, 17, 30), { minzoom: 10 }),
    road('secondary', 'secondary', theme.secondary, byZoom(10, 0.6, 12, 1.6, 14, 5.2, 17, 21)),
    road('primary', 'primary', theme.primary, byZoom(9, 0.7, 12, 2.6, 14, 7, 17, 27)),
    road('motorway', 'motorway-casing', theme.motorwayCasing, byZoom(8, 1.6, 12, 5, 14, 11, 17, 36)),
    road('motorway', 'motorway', theme.motorway, byZoom(8, 0.9, 12, 3.4, 14, 9, 17, 32)),
    road('rail', 'rail', theme.rail, byZoom(9, 0.8, 14, 2), { dash: [6, 3] }),
  ];
  return {
    version: 8,
    sources: {
      ...Object.fromEntries(basemap.map((part) => [part, { type: 'geojson' as const, data: basemapUrl(part) }])),
      territory: { type: 'geojson', data: own.territory ?? EMPTY },
      routes: { type: 'geojson', data: own.routes ?? EMPTY },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': theme.land } },
      area('city', theme.city),
      area('park', theme.park),
      area('water', theme.water),
      ...streets(),
      { id: 'borders', type: 'line', source: 'places', filter: ['==', ['get', 'kind'], 'border'], maxzoom: 13.5, paint: { 'line-color': theme.border, 'line-width': 1, 'line-dasharray': [3, 3], 'line-opacity': 0.7 } },
      names('park', 11.6, 17),
      names('water', 11, 17),
      names('river', 9.5, 16),
      names('district', 9.8, 14.5),
      { id: 'territory-glow', type: 'line', source: 'territory', paint: { 'line-color': theme.territory, 'line-width': 9, 'line-opacity': 0.08, 'line-offset': 4 } },
      { id: 'territory', type: 'line', source: 'territory', paint: { 'line-color': theme.territory, 'line-width': 1.6, 'line-opacity': 0.65, 'line-dasharray': [4, 2.5] } },
      {
        id: 'routes', type: 'line', source: 'routes', minzoom: own.routesFrom ?? 0, filter: ['!', ['get', 'chosen']], layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': theme.route, 'line-width': 1.4, 'line-opacity': ['case', ['get', 'dimmed'], 0.1, 0.32] },
      },
      { id: 'route-chosen-casing', type: 'line', source: 'routes', filter: ['get', 'chosen'], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': theme.halo, 'line-width': 6, 'line-opacity': 0.9 } },
      { id: 'route-chosen', type: 'line', source: 'routes', filter: ['get', 'chosen'], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': theme.routeChosen, 'line-width': 3 } },
    ],
  };
}
