import { describe, expect, it } from 'vitest';
import { cluster } from './cluster';

const run = (points: [number, number][], least = 3, alone?: (i: number) => boolean) => cluster(points.length, (i) => points[i]![0], (i) => points[i]![1], 10, least, alone);

describe('cluster', () => {
  it('leaves a sparse field alone', () => {
    const result = run([[1, 1], [15, 1], [15, 15]]);
    expect(result.clusters).toEqual([]);
    expect([...result.single].sort()).toEqual([0, 1, 2]);
  });

  it('joins what shares a cell', () => {
    const result = run([[1, 1], [2, 2], [3, 3], [55, 55]]);
    expect(result.clusters.map((c) => c.members)).toEqual([[0, 1, 2]]);
    expect(result.single).toEqual([3]);
  });

  it('joins neighbouring cells whose centres nearly touch', () => {
    const result = run([[9, 1], [9, 2], [9, 3], [11, 1], [11, 2], [11, 3]]);
    expect(result.clusters.length).toBe(1);
    expect(result.clusters[0]!.members.length).toBe(6);
  });

  it('never hides what must stand alone', () => {
    const result = run([[1, 1], [2, 2], [3, 3], [4, 4]], 3, (i) => i === 2);
    expect(result.clusters[0]!.members).toEqual([0, 1, 3]);
    expect(result.single).toEqual([2]);
  });

  it('keeps every point exactly once', () => {
    const points: [number, number][] = Array.from({ length: 500 }, (_, i) => [(i * 37) % 101, (i * 61) % 89]);
    const result = run(points);
    const all = [...result.single, ...result.clusters.flatMap((c) => c.members)].sort((a, b) => a - b);
    expect(all).toEqual(points.map((_, i) => i));
  });
});
