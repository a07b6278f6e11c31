'use client'

import { useEffect, useRef, useState } from 'react'
import { Icon } from '#components/ui/icon'
import { SETTING_FIELDS, type SettingTexts } from '#lib/exams/rules/drafting-settings'
import { sentencesOf, type SentenceFacts, windowHints } from './settings-sentence'

function textsOf(form: HTMLFormElement): SettingTexts {
  const data = new FormData(form)
  const text = (name: string): string => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  return Object.fromEntries(SETTING_FIELDS.map((field) => [field, text(field)])) as SettingTexts
}

/** What the settings mean for a learner, as they stand in the form around it, kept or not. */
export function LiveSentence({
  title,
  initial,
  facts,
}: {
  title: string
  initial: SettingTexts
  facts: SentenceFacts
}) {
  const [texts, setTexts] = useState(initial)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const form = box.current?.closest('form')
    if (form == null) return
    const read = (): void => setTexts(textsOf(form))
    form.addEventListener('input', read)
    form.addEventListener('change', read)
    return () => {
      form.removeEventListener('input', read)
      form.removeEventListener('change', read)
    }
  }, [])
  const hints = windowHints(facts, texts)
  return (
    <div ref={box} className="rounded-md bg-sunken p-4 sm:p-6">
      <h2 className="text-14 font-semibold text-soft">{title}</h2>
      <p className="mt-2 font-reading text-18">{sentencesOf(facts, texts).join(' ')}</p>
      {hints.map((hint) => (
        <p key={hint} className="mt-3 flex items-start gap-2 text-14 font-medium text-warn">
          <Icon name="warning" size={16} className="mt-0.5 shrink-0" />
          {hint}
        </p>
      ))}
    </div>
  )
}
