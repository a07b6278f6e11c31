/** What files that learners hand in are called, in their keys and out of them. */

/** What is left of a file's name in its key. */
function slug(name: string): string {
  const stem = name
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .toLowerCase()
  return (
    stem
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 56) || 'file'
  )
}

/** The last part of a new key. `random`: 32 hex digits; `extension` without its dot. */
export function keyName({
  name,
  extension,
  random,
}: Readonly<{ name: string; extension: string; random: string }>): string {
  return `${random}-${slug(name)}.${extension}`
}

/** What a file is called, from its key. */
export function fileName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).replace(/^[0-9a-f]{32}-/, '')
}

/** The ending of a file's name, in small letters and without its dot; empty: none. */
export function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''
}
