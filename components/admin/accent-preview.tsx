'use client'

import { type CSSProperties, type ReactNode, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { accentVariables } from '#lib/brand/accent'
import { accentFacts, hexOf, PAPER } from './accent-facts'

/** Words of the preview; `{hex}`, `{own}`, `{button}` and `{link}` stand where its numbers go. */
export type PreviewWords = Readonly<{
  title: string
  light: string
  dark: string
  button: string
  link: string
  chosen: string
  text: string
  ratios: string
  exact: string
  darker: string
  lighter: string
  adjusted: string
}>

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** Rounded down: 4.49 must not read as 4.5. */
function ratio(value: number): string {
  return (Math.floor(value * 10) / 10).toFixed(1)
}

function Sample({ hex, theme, words }: { hex: string; theme: 'light' | 'dark'; words: PreviewWords }) {
  const facts = accentFacts(hex, theme)
  const { bg, line, text, soft } = PAPER[theme]
  // The accent's own variables are light-dark() pairs: here the panel's scheme decides, whatever the page is in.
  const own = { ...accentVariables(hex), '--bg': bg, '--line': line, '--text': text, '--soft': soft }
  const style: CSSProperties = { ...own, colorScheme: theme }
  const numbers = {
    ...{ hex: facts.solid.toUpperCase(), own: ratio(facts.own) },
    ...{ button: ratio(facts.button), link: ratio(facts.link) },
  }
  return (
    <figure className="flex min-w-0 flex-col">
      <div
        style={style}
        className="flex grow flex-col items-start gap-3 rounded-md border border-line bg-bg p-4 text-text"
      >
        <p className="text-12 font-medium text-soft">{words[theme]}</p>
        <p className="rounded-sm bg-accent-3 px-2 py-1 text-14 font-medium text-accent-12">{words.chosen}</p>
        <p className="text-14">{words.text}</p>
        <p className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-2">
          <span className={buttonClass('primary')}>{words.button}</span>
          <span className="text-accent-11 underline underline-offset-2">{words.link}</span>
        </p>
      </div>
      <figcaption className="mt-2 text-14 text-soft">
        {fill(words[facts.verdict], numbers)} {fill(words.ratios, numbers)}.
      </figcaption>
    </figure>
  )
}

/**
 * Shows what becomes of the colour that the field inside it holds, in both themes, while it is being chosen. Without a
 * script it shows the stored one.
 */
export function AccentPreview({
  stored,
  words,
  children,
}: {
  /** `#rrggbb`. */
  stored: string
  words: PreviewWords
  /** The colour's field. */
  children: ReactNode
}) {
  const [hex, setHex] = useState(stored)
  return (
    <div
      className="flex flex-col gap-4"
      onInput={(event) => {
        const chosen = event.target instanceof HTMLInputElement ? hexOf(event.target.value) : null
        if (chosen !== null) setHex(chosen)
      }}
    >
      {children}
      <div role="group" aria-label={words.title} className="grid max-w-column gap-4 sm:grid-cols-2">
        <Sample hex={hex} theme="light" words={words} />
        <Sample hex={hex} theme="dark" words={words} />
      </div>
    </div>
  )
}
