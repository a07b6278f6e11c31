export const MAX_DEPTH = 12
export const MAX_NODES = 5_000
export const MAX_BYTES = 1_000_000

function children(node: unknown): readonly unknown[] {
  if (typeof node !== 'object' || node === null || !('content' in node)) return []
  return Array.isArray(node.content) ? node.content : []
}

/**
 * Says what is too big about a document that nobody has checked yet, or null. The document
 * itself has depth 0. It walks with a list of its own instead of recursion: a hostile document
 * of 100,000 nested quotes must end in a sentence, not in a stack overflow inside the parser.
 */
export function exceededBound(document: unknown): string | null {
  const open: { node: unknown; depth: number }[] = [{ node: document, depth: 0 }]
  let nodes = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes += 1
    if (nodes > MAX_NODES) return `more than ${MAX_NODES} nodes`
    if (next.depth > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} levels`
    for (const node of children(next.node)) open.push({ node, depth: next.depth + 1 })
  }
  return null
}
