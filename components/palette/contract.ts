/** A place that the palette can go to. */
export type PaletteEntry = {
  id: string
  label: string
  href: string
  /** What it belongs to. */
  of?: string
}

export type PaletteLabels = {
  title: string
  placeholder: string
  pages: string
  courses: string
  exams: string
  lessons: string
  loading: string
  nothing: string
  failed: string
  close: string
  move: string
  open: string
  leave: string
}
