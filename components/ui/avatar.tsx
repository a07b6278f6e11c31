/** First letters of the first and the last word, by code point, so that no letter is cut in half. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  )
  return letters.join('').toLocaleUpperCase()
}

const SIZES = {
  sm: { pixels: 32, box: 'size-8 text-12' },
  md: { pixels: 40, box: 'size-10 text-14' },
  lg: { pixels: 80, box: 'size-20 text-28' },
} as const

/** A person's picture or initials. Silent: the name always stands beside it. */
export function Avatar({
  name,
  src,
  size = 'md',
}: {
  name: string
  src: string | null
  size?: keyof typeof SIZES
}) {
  const { pixels, box } = SIZES[size]
  if (src !== null) {
    return (
      <img
        src={src}
        alt=""
        width={pixels}
        height={pixels}
        className={`${box} shrink-0 rounded-full object-cover`}
      />
    )
  }
  return (
    <span
      aria-hidden="true"
      className={`inline-flex ${box} shrink-0 items-center justify-center rounded-full bg-accent-4 font-semibold text-accent-11`}
    >
      {initials(name)}
    </span>
  )
}
