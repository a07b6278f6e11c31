'use client'

import { useEffect, useRef } from 'react'
import { buttonClass } from '#components/ui/button'
import { CodeBlockCopy } from '#components/ui/code-block-copy'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'

export type CodesWords = Readonly<
  Record<
    'on' | 'onBody' | 'new' | 'newBody' | 'list' | 'copy' | 'copied' | 'download' | 'print' | 'finish',
    string
  > & {
    /** Above the codes in a saved file and on paper: whose they are, where, and what for. */
    file: string
  }
>

/** Recovery codes, this once: to be copied, saved, printed or written down. */
export function RecoveryCodes({
  codes,
  first,
  words,
}: {
  codes: readonly string[]
  /** The second step was switched on just now. */
  first: boolean
  words: CodesWords
}) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const text = `${words.file}\n\n${codes.join('\n')}\n`
  return (
    <div ref={box} tabIndex={-1} data-recovery-codes className="flex flex-col items-start gap-6 outline-none">
      <div role="status" className="w-full">
        <Notice tone="good" title={first ? words.on : words.new}>
          {first ? words.onBody : words.newBody}
        </Notice>
      </div>
      <p className="hidden text-14 whitespace-pre-line print:block">{words.file}</p>
      <CodeBlockCopy
        id="recovery-codes"
        label={words.list}
        value={codes.join('\n')}
        copyLabel={words.copy}
        copiedLabel={words.copied}
      />
      <div className="flex flex-wrap gap-3" data-chrome>
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="recovery-codes.txt"
          className={buttonClass('quiet')}
        >
          <Icon name="download" size={18} />
          {words.download}
        </a>
        <button type="button" onClick={() => print()} className={`${buttonClass('quiet')} noscript:hidden`}>
          {words.print}
        </button>
        <LinkButton href="/account/security">{words.finish}</LinkButton>
      </div>
    </div>
  )
}
