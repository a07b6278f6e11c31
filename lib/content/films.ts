/** Films on platforms, known by their id alone: an address of ours is built from it, never taken from an author. */

export const FILM_PROVIDERS = ['youtube', 'vimeo'] as const

export type Film = { provider: (typeof FILM_PROVIDERS)[number]; id: string }

const IDS = { youtube: /^[A-Za-z0-9_-]{6,20}$/, vimeo: /^\d{5,12}$/ } as const

const ADDRESSES = {
  youtube:
    /^https:\/\/(?:www\.|m\.)?(?:youtube\.com\/(?:watch\?(?:[^#\s]*&)?v=|shorts\/|live\/|embed\/)|youtube-nocookie\.com\/embed\/|youtu\.be\/)([A-Za-z0-9_-]{6,20})(?:$|[&?#/])/,
  vimeo: /^https:\/\/(?:www\.|player\.)?vimeo\.com\/(?:video\/)?(\d{5,12})(?:$|[?#/])/,
} as const

/** Whether a text can be the id of a film there. */
export function isFilmId({ provider, id }: Film): boolean {
  return IDS[provider].test(id)
}

/** The film that a YouTube or Vimeo address leads to; null for any other address. */
export function filmOf(address: string): Film | null {
  for (const provider of FILM_PROVIDERS) {
    const id = ADDRESSES[provider].exec(address.trim())?.[1]
    if (id !== undefined) return { provider, id }
  }
  return null
}

/** The address of a film's own page. */
export function filmAddress({ provider, id }: Film): string {
  return provider === 'youtube' ? `https://www.youtube.com/watch?v=${id}` : `https://vimeo.com/${id}`
}
