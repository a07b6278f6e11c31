import { PATTERNS } from './cover-patterns'
import { seededRandom } from './seeded-random'

// The brightest ground is the rarest, so that a page of covers stays calm.
const GROUNDS = ['art-deep', 'art-pale', 'art-mid', 'art-deep', 'art-pale', 'art-vivid'] as const

/** A drawing that depends on `seed` alone; its pigments come from the school's accent (see lib/brand/accent.ts). */
export function CoverArt({ seed, className = '' }: { seed: string; className?: string }) {
  const random = seededRandom(seed)
  const draw = PATTERNS[Math.floor(random() * PATTERNS.length)]
  const ground = GROUNDS[Math.floor(random() * GROUNDS.length)]
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 320 180"
      preserveAspectRatio="xMidYMid slice"
      className={`art ${ground} ${className}`}
    >
      {draw?.(random).map((layer, index) =>
        layer.d === '' ? null : (
          <path
            key={index}
            className={layer.pigment}
            d={layer.d}
            strokeWidth={layer.width}
            opacity={layer.opacity}
          />
        ),
      )}
    </svg>
  )
}
