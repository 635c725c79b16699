import type { Place } from '../api/types';

/** Longitudes jump from 180 to −180 where the map goes on. Lines and frames are drawn with longitudes that are counted on instead. */

/** The same meridian, counted on beyond ±180 where that is nearer to another one. */
export const beside = (lon: number, other: number): number => lon - 360 * Math.round((lon - other) / 360);

/** In −180…180, as places are stored. */
export const wrapped = (lon: number): number => beside(lon, 0);

/** Coordinates of a line that goes the short way; an edge of exactly 360 degrees is the border of a map of the whole world and stays. */
export function joined(line: readonly Place[]): [number, number][] {
  let turn = 0;
  return line.map(({ lon, lat }, i) => {
    const step = i === 0 ? 0 : lon - line[i - 1]!.lon;
    if (Math.abs(step) > 180 && Math.abs(step) < 360) turn -= 360 * Math.sign(step);
    return [lon + turn, lat];
  });
}

/** Coordinates of places, all beside the first: for a frame around them. */
export const together = (places: readonly Place[]): [number, number][] => places.map(({ lon, lat }) => [beside(lon, places[0]!.lon), lat]);
