import { initials } from '#components/ui/avatar'

/** The school's logo, or a tile with its initial in its colour. The name stands beside it, so it is silent. */
export function SchoolMark({ name, logoUrl }: { name: string; logoUrl: string | null }) {
  if (logoUrl !== null) {
    return <img src={logoUrl} alt="" width={32} height={32} className="size-8 rounded-sm object-contain" />
  }
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-sm bg-accent-9 font-reading text-16 font-semibold text-on-accent"
    >
      {initials(name).slice(0, 1)}
    </span>
  )
}
