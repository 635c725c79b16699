import { describe, expect, it } from 'vitest';
import { beside, joined, together, wrapped } from './dateline';

const at = (lon: number) => ({ lon, lat: 0 });

describe('across the date line', () => {
  it('a meridian is counted on where that is nearer', () => expect([beside(-179, 178), beside(179, -178), beside(10, 20), wrapped(181), wrapped(-541)]).toEqual([181, -181, 10, -179, 179]));
  it('a line goes the short way', () => expect(joined([at(178), at(-178), at(-170), at(179)]).map(([lon]) => lon)).toEqual([178, 182, 190, 179]));
  it('the border of the whole world stays one', () => expect(joined([at(-180), at(180), at(-180)]).map(([lon]) => lon)).toEqual([-180, 180, -180]));
  it('a frame is as narrow as its places', () => expect(together([at(179), at(-179), at(178)]).map(([lon]) => lon)).toEqual([179, 181, 178]));
});
