import type { BlockNode } from '#lib/content/blocks'
import { translator } from '#lib/i18n/translate'
import { codeTokens, type Token } from './code-tokens'

const COLOURS: Record<Exclude<Token['kind'], 'plain'>, string> = {
  comment: 'text-soft italic',
  string: 'text-good',
  number: 'text-warn',
  keyword: 'font-medium text-accent-11',
}

/** Source code with the language's name above it. It scrolls by itself, so it can take the keyboard's focus. */
export function CodeBlock({
  node,
  locale,
}: {
  node: Extract<BlockNode, { type: 'codeBlock' }>
  locale: string
}) {
  const t = translator(locale, 'lesson')
  const { language } = node.attrs
  const code = (node.content ?? []).map((part) => part.text).join('')
  const label = language === null ? t('code') : t('codeIn', { language })
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      {language === null ? null : (
        <figcaption className="border-b border-line px-4 py-1 font-sans text-12 text-soft" aria-hidden="true">
          {language}
        </figcaption>
      )}
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        dir="ltr"
        className="overflow-x-auto p-4 font-mono text-14 whitespace-pre focus-visible:-outline-offset-2 print:whitespace-pre-wrap"
      >
        <code>
          {codeTokens(code, language).map((token, index) =>
            token.kind === 'plain' ? (
              token.text
            ) : (
              <span key={index} className={COLOURS[token.kind]}>
                {token.text}
              </span>
            ),
          )}
        </code>
      </pre>
    </figure>
  )
}
