import { CONTROL } from '#components/ui/field-frame'
import type { DeliveredQuestion } from '#lib/exams/contract/taking'
import { MEGABYTE } from '#lib/exams/rules/drafting'
import { translator } from '#lib/i18n/translate'

type Props = { locale: string; question: DeliveredQuestion }

const CHOICE =
  'flex min-h-12 cursor-pointer items-start gap-3 rounded-sm border border-edge bg-surface px-4 py-3 hover:border-accent-8 has-checked:border-accent-8 has-checked:bg-accent-3'

function Choices({
  locale,
  question,
}: Props & { question: Extract<DeliveredQuestion, { options: unknown }> }) {
  const t = translator(locale, 'examAuthor.look')
  const single = question.type === 'single'
  return (
    <fieldset>
      <legend className="mb-2 text-14 text-soft">{single ? t('pick') : t('pickAny')}</legend>
      <div className="flex flex-col gap-2">
        {question.options.map(({ id, text }) => (
          <label key={id} className={CHOICE}>
            <input
              type={single ? 'radio' : 'checkbox'}
              name={question.id}
              className="mt-0.5 size-5 shrink-0"
            />
            <span className="wrap-anywhere">{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Truth({ locale, question }: Props) {
  const t = translator(locale, 'examAuthor.look')
  return (
    <fieldset>
      <legend className="mb-2 text-14 text-soft">{t('pick')}</legend>
      <div className="flex flex-col gap-2 sm:flex-row">
        {(['true', 'false'] as const).map((value) => (
          <label key={value} className={`${CHOICE} sm:min-w-32`}>
            <input type="radio" name={question.id} className="mt-0.5 size-5 shrink-0" />
            {t(value)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A choice for each line: of a side that belongs to it, or of its place. */
function Lines({
  locale,
  lines,
  options,
}: {
  locale: string
  lines: readonly Readonly<{ id: string; text: string; label: string }>[]
  options: readonly string[]
}) {
  const t = translator(locale, 'examAuthor.look')
  return (
    <ul className="divide-y divide-line border-y border-line">
      {lines.map(({ id, text, label }) => (
        <li key={id} className="grid gap-2 py-3 sm:grid-cols-2 sm:items-center sm:gap-6">
          <span className="font-medium wrap-anywhere">{text}</span>
          <select aria-label={label} className={CONTROL}>
            <option>{t('nothing')}</option>
            {options.map((option, index) => (
              <option key={index}>{option}</option>
            ))}
          </select>
        </li>
      ))}
    </ul>
  )
}

function Blanks({ locale, question }: Props & { question: Extract<DeliveredQuestion, { type: 'blanks' }> }) {
  const t = translator(locale, 'examAuthor.look')
  return (
    <p className="leading-loose whitespace-pre-line">
      {question.text.split(/(\{\{[^{}]*\}\})/).map((part, index) => {
        const place = question.blanks.indexOf(part.slice(2, -2))
        if (!part.startsWith('{{') || place < 0) return part
        return (
          <input
            key={index}
            aria-label={t('blank', { number: place + 1 })}
            autoComplete="off"
            className={`${CONTROL} mx-1 inline-block w-40! max-w-full`}
          />
        )
      })}
    </p>
  )
}

function Essay({ locale, question }: Props & { question: Extract<DeliveredQuestion, { type: 'essay' }> }) {
  const t = translator(locale, 'examAuthor.look')
  const { minWords, maxWords } = question
  return (
    <>
      <textarea aria-label={t('answer')} rows={6} dir="auto" className={`${CONTROL} block py-2`} />
      {minWords === null && maxWords === null ? null : (
        <p className="mt-2 text-14 text-soft">{t('words', { min: minWords ?? 0, max: maxWords ?? 0 })}</p>
      )}
    </>
  )
}

function Numeric({ locale, asksUnit }: { locale: string; asksUnit: boolean }) {
  const t = translator(locale, 'examAuthor.look')
  return (
    <div className="flex max-w-note gap-3">
      <input aria-label={t('answer')} inputMode="decimal" autoComplete="off" className={CONTROL} />
      {asksUnit ? (
        <input
          aria-label={t('unit')}
          placeholder={t('unit')}
          autoComplete="off"
          className={`${CONTROL} w-28!`}
        />
      ) : null}
    </div>
  )
}

/** What a learner answers with. Without a form around it and without a script: nothing of it goes anywhere. */
export function PreviewAnswer({ locale, question }: Props) {
  const t = translator(locale, 'examAuthor.look')
  switch (question.type) {
    case 'single':
    case 'multiple':
      return <Choices locale={locale} question={question} />
    case 'true-false':
      return <Truth locale={locale} question={question} />
    case 'short-text':
      return <input aria-label={t('answer')} autoComplete="off" className={`${CONTROL} max-w-note`} />
    case 'numeric':
      return <Numeric locale={locale} asksUnit={question.asksUnit} />
    case 'matching': {
      const lines = question.left.map((part) => ({ ...part, label: t('match', { text: part.text }) }))
      return <Lines locale={locale} lines={lines} options={question.right.map(({ text }) => text)} />
    }
    case 'ordering': {
      const lines = question.items.map((part) => ({ ...part, label: t('place', { text: part.text }) }))
      return <Lines locale={locale} lines={lines} options={lines.map((_line, index) => String(index + 1))} />
    }
    case 'blanks':
      return <Blanks locale={locale} question={question} />
    case 'essay':
      return <Essay locale={locale} question={question} />
    case 'file-upload': {
      const size = String(Number((question.maxBytes / MEGABYTE).toFixed(2)))
      const help = t('files', { types: question.accept.join(', '), size })
      return (
        <label className="block text-14 text-soft">
          {help}
          <input type="file" className={`${CONTROL} mt-2 cursor-pointer py-2`} />
        </label>
      )
    }
  }
}
