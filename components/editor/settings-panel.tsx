'use client'

import { useState } from 'react'
import { COMPLETION_RULES, type CompletionRule, type LessonState, type Settings } from '#lib/editor/contract'
import type { EditorWords } from '#lib/i18n/editor-words'
import { Choose, Field, Tick } from './field'
import { fill } from './fill'
import { Panel, PanelOutcomeView, usePanel } from './panel'
import type { EditorSession } from './session'
import { useTools } from './tools'

const RULES = { VIEWED: 'viewed', WATCHED: 'watched', MARKED: 'marked' } as const satisfies Record<
  CompletionRule,
  keyof EditorWords['settings']
>

function settingsOf(state: LessonState): Settings {
  const { preview, completion, completionPercent, releaseAt, releaseAfterId } = state
  return { preview, completion, completionPercent, releaseAt, releaseAfterId }
}

function isRule(text: string): text is CompletionRule {
  return COMPLETION_RULES.some((rule) => rule === text)
}

type Other = Readonly<{ id: string; title: string }>

function inWords(words: EditorWords['settings'], others: readonly Other[]) {
  return (theirs: LessonState): string => {
    const after = others.find(({ id }) => id === theirs.releaseAfterId)?.title ?? words.none
    const percent = theirs.completion === 'WATCHED' ? ` (${String(theirs.completionPercent)} %)` : ''
    return [
      `${words.preview}: ${theirs.preview ? words.yes : words.no}`,
      `${words.completion}: ${words[RULES[theirs.completion]]}${percent}`,
      `${words.releaseAt}: ${theirs.releaseAt?.replace('T', ' ') ?? words.none}`,
      `${words.releaseAfter}: ${after}`,
    ].join(' · ')
  }
}

/** Who may open the lesson, when, and what completes it. */
export function SettingsPanel({
  session,
  timeZone,
  others,
}: {
  session: EditorSession
  timeZone: string
  others: readonly Other[]
}) {
  const { words } = useTools()
  const w = words.settings
  const panel = usePanel(session)
  const [values, setValues] = useState(() => settingsOf(session.saver.base))
  const [percent, setPercent] = useState(String(values.completionPercent))
  const wanted = /^\d{1,3}$/.test(percent) ? Number(percent) : 0
  const percentFault = values.completion === 'WATCHED' && (wanted < 1 || wanted > 100) ? w.percentBad : null
  const set = (change: Partial<Settings>): void => {
    panel.forget()
    setValues((now) => ({ ...now, ...change }))
  }
  const adopt = (theirs: LessonState): void => {
    panel.forget()
    setValues(settingsOf(theirs))
    setPercent(String(theirs.completionPercent))
  }
  const submit = (): void => {
    if (percentFault !== null) return
    const completionPercent = values.completion === 'WATCHED' ? wanted : values.completionPercent
    void panel.save({ ...values, completionPercent })
  }
  return (
    <Panel
      title={w.title}
      submit={panel.busy ? words.panel.saving : words.panel.save}
      busy={panel.busy}
      onSubmit={submit}
    >
      <Tick
        name="preview"
        label={w.preview}
        help={w.previewHelp}
        checked={values.preview}
        onChecked={(preview) => set({ preview })}
      />
      <Choose
        name="completion"
        label={w.completion}
        error={panel.fields['changes.completion'] ?? panel.fields['completion'] ?? null}
        value={values.completion}
        options={COMPLETION_RULES.map((rule) => ({ value: rule, label: w[RULES[rule]] }))}
        onValue={(rule) => {
          if (isRule(rule)) set({ completion: rule })
        }}
      />
      {values.completion === 'WATCHED' ? (
        <Field
          name="percent"
          label={w.percent}
          error={percentFault}
          value={percent}
          onValue={setPercent}
          inputMode="numeric"
          maxLength={3}
        />
      ) : null}
      <Field
        name="releaseAt"
        type="datetime-local"
        label={w.releaseAt}
        help={fill(w.releaseAtHelp, { zone: timeZone })}
        error={panel.fields['changes.releaseAt'] ?? null}
        value={values.releaseAt ?? ''}
        onValue={(text) => set({ releaseAt: text === '' ? null : text.slice(0, 16) })}
      />
      <Choose
        name="releaseAfterId"
        label={w.releaseAfter}
        help={w.afterHelp}
        error={panel.fields['releaseAfterId'] ?? null}
        value={values.releaseAfterId ?? ''}
        options={[
          { value: '', label: w.afterNothing },
          ...others.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onValue={(id) => set({ releaseAfterId: id === '' ? null : id })}
      />
      <PanelOutcomeView
        outcome={panel.outcome}
        words={words.panel}
        describe={inWords(w, others)}
        onTheirs={adopt}
      />
    </Panel>
  )
}
