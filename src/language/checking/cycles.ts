/**
 * The nodes of a graph that lie on cycles, or on paths between cycles: whoever follows edges from any other node comes to
 * an end. Nodes without a successor are peeled off until none is left, then those without a predecessor (Kahn 1962).
 */
export function nodesOnCycles<Node>(successors: ReadonlyMap<Node, readonly Node[]>): ReadonlySet<Node> {
  const predecessors = new Map<Node, Node[]>([...successors.keys()].map((node) => [node, []]));
  for (const [node, next] of successors) for (const other of next) predecessors.get(other)?.push(node);
  const left = new Set(successors.keys());
  peel(left, successors, predecessors);
  peel(left, predecessors, successors);
  return left;
}

/** Removes from `left` all nodes from which `forward` leads nowhere within it. */
function peel<Node>(
  left: Set<Node>,
  forward: ReadonlyMap<Node, readonly Node[]>,
  back: ReadonlyMap<Node, readonly Node[]>,
): void {
  const degrees = new Map<Node, number>();
  for (const node of left) degrees.set(node, forward.get(node)!.filter((next) => left.has(next)).length);
  const ends = [...left].filter((node) => degrees.get(node) === 0);
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    left.delete(end);
    for (const node of back.get(end)!) {
      const degree = degrees.get(node);
      if (degree === undefined || !left.has(node)) continue;
      degrees.set(node, degree - 1);
      if (degree === 1) ends.push(node);
    }
  }
}
