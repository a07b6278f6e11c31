/** Tags of one question at most, and characters of a tag. */
export const TAGS_MAX = 20
export const TAG_MAX = 40

/** One tag as it is kept: one line, single spaces, no comma. */
function tagOf(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp},]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Tags as they are typed with commas between, each once, whatever its capitals. */
export function readTags(text: string): string[] {
  return eachOnce(text.split(/[,\n]/).map(tagOf))
}

function eachOnce(list: readonly string[]): string[] {
  const said = new Map<string, string>()
  for (const tag of list) {
    const folded = tag.toLowerCase()
    if (tag !== '' && !said.has(folded)) said.set(folded, tag)
  }
  return [...said.values()]
}

/** What of many tags fits on one question; short enough, and not too many. */
export function fittingTags(list: readonly string[]): Readonly<{ tags: string[]; lost: boolean }> {
  const once = eachOnce(list.map(tagOf))
  const tags = once.filter((tag) => tag.length <= TAG_MAX).slice(0, TAGS_MAX)
  return { tags, lost: tags.length < once.length }
}
