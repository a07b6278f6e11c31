/** A moment in words, with its exact value for machines. `full` is shown on pointing: the day, time and zone. */
export function Time({ iso, full, children }: { iso: string; full?: string; children: string }) {
  return (
    <time dateTime={iso} title={full}>
      {children}
    </time>
  )
}
