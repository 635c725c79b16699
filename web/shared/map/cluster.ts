/** Groups of things too close together on the screen to be told apart. */
export interface Cluster {
  /** Indices of the members. */
  readonly members: readonly number[];
}

export interface Clustering {
  readonly clusters: readonly Cluster[];
  /** Indices that stand alone. */
  readonly single: readonly number[];
}

/**
 * Puts points into square cells and makes a cluster of each cell with at least `least` points; clusters whose centres are closer
 * than three quarters of a cell are joined. Cells are anchored in the world, not on the screen, so that moving the map changes nothing.
 * @param count number of points; `x(i)`, `y(i)` in any unit. @param cell side of a cell in that unit. @param alone points never clustered.
 */
export function cluster(count: number, x: (i: number) => number, y: (i: number) => number, cell: number, least: number, alone: (i: number) => boolean = () => false): Clustering {
  const cells = new Map<string, number[]>();
  const single: number[] = [];
  for (let i = 0; i < count; i++) {
    if (alone(i)) {
      single.push(i);
      continue;
    }
    const key = `${Math.floor(x(i) / cell)}:${Math.floor(y(i) / cell)}`;
    const members = cells.get(key);
    if (members) members.push(i);
    else cells.set(key, [i]);
  }
  const dense: { members: number[]; x: number; y: number }[] = [];
  for (const members of cells.values()) {
    if (members.length < least) {
      single.push(...members);
      continue;
    }
    const cx = members.reduce((sum, i) => sum + x(i), 0) / members.length;
    const cy = members.reduce((sum, i) => sum + y(i), 0) / members.length;
    const near = dense.find((d) => Math.hypot(d.x - cx, d.y - cy) < cell * 0.75);
    if (!near) {
      dense.push({ members, x: cx, y: cy });
      continue;
    }
    const total = near.members.length + members.length;
    near.x = (near.x * near.members.length + cx * members.length) / total;
    near.y = (near.y * near.members.length + cy * members.length) / total;
    near.members.push(...members);
  }
  return { clusters: dense, single };
}
