/** Plain text as it is read: paragraphs, lines, and addresses that become links. */
export type Part = Readonly<{ text: string; href: string | null }>

/** Of the web alone; what ends a sentence isn't the address's. */
const ADDRESS = /https?:\/\/[^\s<>"'\\\p{Cc}\p{Cf}]*[^\s<>"'\\\p{Cc}\p{Cf}.,;:!?)\]}’”]/giu

function partsOf(line: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const found of line.matchAll(ADDRESS)) {
    const [address] = found
    if (!URL.canParse(address)) continue
    if (found.index > from) parts.push({ text: line.slice(from, found.index), href: null })
    parts.push({ text: address, href: address })
    from = found.index + address.length
  }
  if (from < line.length) parts.push({ text: line.slice(from), href: null })
  return parts
}

/** By paragraph, by line. An empty line begins another paragraph. */
export function paragraphsOf(text: string): Part[][][] {
  return text
    .split(/\n[^\S\n]*\n\s*/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => paragraph.split('\n').map(partsOf))
}
