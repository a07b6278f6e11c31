/** First letters of the first and the last word, by code point, so that no letter is cut in half. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  )
  return letters.join('').toLocaleUpperCase()
}

/** A person's picture or initials, 40 px. Silent: the name always stands beside it. */
export function Avatar({ name, src }: { name: string; src: string | null }) {
  if (src !== null) {
    return <img src={src} alt="" width={40} height={40} className="size-10 rounded-full object-cover" />
  }
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-10 shrink-0 items-center justify-center rounded-full bg-accent-4 text-14 font-semibold text-accent-11"
    >
      {initials(name)}
    </span>
  )
}
