import { CoverArt } from '#components/ui/cover-art'
import { accentVariables } from '#lib/brand/accent'

/** Four colours far apart, and for each a drawing that shows it well. */
const HOUSES = [
  { accent: '#22D3EE', seed: 'course-8x' },
  { accent: '#C2410C', seed: 'course-5x' },
  { accent: '#16A34A', seed: 'course-26x' },
  { accent: '#7C3AED', seed: 'course-1x' },
] as const

/** Only the pigments: the page's own accent stays what it is. */
function pigments(accent: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(accentVariables(accent)).filter(([name]) => name.startsWith('--art-')),
  )
}

/** Schools side by side, each with its own colour and pattern, and thick walls between them: the product in one picture. */
export function Walls({ label }: { label: string }) {
  return (
    <div
      role="img"
      aria-label={label}
      className="grid grid-cols-4 gap-2 rounded-md bg-wall p-2 sm:gap-3 sm:p-3"
    >
      {HOUSES.map((house) => (
        <div
          key={house.accent}
          className="h-48 overflow-hidden rounded-sm sm:h-80"
          style={pigments(house.accent)}
        >
          <CoverArt seed={house.seed} />
        </div>
      ))}
    </div>
  )
}
