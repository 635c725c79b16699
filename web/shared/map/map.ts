import 'maplibre-gl/dist/maplibre-gl.css';
import { LngLatBounds, Map as MapLibre, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Place } from '../api/types';
import type { Locale } from '../i18n/index.svelte';
import { together } from './dateline';
import { serveLabels } from './labels';
import { basemap, basemapUrl, cityStyle } from './style';
import { currentTheme, onThemeChange, type MapTheme } from './theme';

setWorkerUrl(workerUrl);

export const CITY: Place = { lon: 121.0, lat: 31.0 };
const RETRY = 3000;
const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

export interface CityMapOptions {
  readonly container: HTMLElement;
  readonly locale: Locale;
  readonly centre?: Place;
  readonly zoom?: number;
  readonly interactive?: boolean;
  /** One finger scrolls the page, two move the map; for maps inside a long page. */
  readonly cooperative?: boolean;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly onTheme?: (theme: MapTheme) => void;
}

/** A north-up map of the city. Throws where the browser cannot draw one (no WebGL); pages then show their list alone. */
export class CityMap {
  readonly map: MapLibre;
  private readonly stopTheme: () => void;
  private own = { territory: NOTHING, routes: NOTHING, routesFrom: 0 };
  private locale: Locale;
  private readonly retries = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(options: CityMapOptions) {
    this.locale = options.locale;
    this.map = new MapLibre({
      container: options.container,
      style: cityStyle(currentTheme(), options.locale),
      center: [options.centre?.lon ?? CITY.lon, options.centre?.lat ?? CITY.lat],
      zoom: options.zoom ?? 10.7,
      minZoom: 7.5,
      maxZoom: 17.5,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      interactive: options.interactive ?? true,
      cooperativeGestures: options.cooperative ?? false,
      refreshExpiredTiles: false,
      fadeDuration: 150,
      trackResize: true,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.getCanvas().setAttribute('aria-label', options.label);
    serveLabels(this.map);
    // Data given before the style was there is handed over when it is.
    this.map.on('style.load', () => {
      this.setData('territory', this.own.territory);
      this.setData('routes', this.own.routes);
      this.map.setLayerZoomRange('routes', this.own.routesFrom, 24);
    });
    this.map.on('error', (event) => this.failed(event));
    this.stopTheme = onThemeChange((theme) => {
      this.restyle();
      options.onTheme?.(theme);
    });
  }

  setLocale(locale: Locale): void {
    if (locale === this.locale) return;
    this.locale = locale;
    this.restyle();
  }

  setData(source: 'territory' | 'routes', data: GeoJSON.FeatureCollection): void {
    this.own = { ...this.own, [source]: data };
    (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  }

  /** Routes other than the chosen one are drawn from this zoom on. */
  setRoutesFrom(zoom: number): void {
    if (zoom === this.own.routesFrom) return;
    this.own = { ...this.own, routesFrom: zoom };
    if (this.map.getLayer('routes')) this.map.setLayerZoomRange('routes', zoom, 24);
  }

  fit(places: readonly Place[], padding = 60, duration = 500): void {
    if (places.length === 0) return;
    const bounds = together(places).reduce((b, at) => b.extend(at), new LngLatBounds());
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    // A frame wider than the map itself leaves nothing to fit into.
    const { clientWidth, clientHeight } = this.map.getContainer();
    this.map.fitBounds(bounds, { padding: Math.min(padding, Math.floor(Math.min(clientWidth, clientHeight) / 4)), maxZoom: 15, duration: calm ? 0 : duration });
  }

  glide(place: Place, zoom?: number): void {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map.easeTo({ center: [place.lon, place.lat], ...(zoom !== undefined && { zoom: Math.max(zoom, this.map.getZoom()) }), duration: calm ? 0 : 450 });
  }

  remove(): void {
    this.stopTheme();
    this.retries.forEach(clearTimeout);
    this.map.remove();
  }

  /** A part of the basemap that could not be fetched is fetched again until it comes: the server may be back any moment. */
  private failed(event: { readonly error: unknown; readonly sourceId?: string }): void {
    // A request cut off by a dying server fails in the worker, which names the address and not the source.
    const url = (event.error as { readonly url?: string } | undefined)?.url ?? '';
    const part = basemap.find((name) => name === event.sourceId || url.endsWith(basemapUrl(name)));
    if (!part) return console.error(event.error);
    if (this.retries.has(part)) return;
    const again = () => {
      this.retries.delete(part);
      (this.map.getSource(part) as GeoJSONSource | undefined)?.setData(basemapUrl(part));
    };
    this.retries.set(part, setTimeout(again, RETRY));
  }

  private restyle(): void {
    this.map.setStyle(cityStyle(currentTheme(), this.locale, this.own), { diff: true });
  }
}
