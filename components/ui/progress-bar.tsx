/** How far along something is. Silent: the words that say the same always stand beside it. */
export function ProgressBar({ value, max }: { value: number; max: number }) {
  const share = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0
  return (
    <span
      aria-hidden="true"
      className="block h-1 w-24 overflow-hidden rounded-full bg-accent-5 forced-colors:border"
    >
      <span
        className="block h-full rounded-full bg-accent-9 forced-colors:bg-[CanvasText]"
        style={{ inlineSize: `${share}%` }}
      />
    </span>
  )
}
