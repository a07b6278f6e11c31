import type { ReactNode } from 'react'

const LOOKS = {
  /** The one thing to do in this view. Its border is seen only where the system paints its own colours. */
  primary: 'border border-transparent bg-accent-9 text-on-accent hover:bg-accent-10 active:bg-accent-11',
  quiet: 'border border-edge bg-surface text-text hover:bg-accent-2 hover:border-accent-8 active:bg-accent-3',
} as const

export type ButtonLook = keyof typeof LOOKS

/** What a button and a link that looks like one share: 44 px high, so that a thumb finds it. */
export function buttonClass(look: ButtonLook): string {
  return `inline-flex min-h-11 items-center justify-center gap-2 rounded-sm px-4 py-2 text-16 font-medium no-underline ${LOOKS[look]}`
}

/** A submit button: every form here works as a plain form. */
export function SubmitButton({ look = 'primary', children }: { look?: ButtonLook; children: ReactNode }) {
  return (
    <button type="submit" className={buttonClass(look)}>
      {children}
    </button>
  )
}
