import { Icon } from '#components/ui/icon'
import type { AnswerView } from '#lib/exams/contract/learner'
import { translator } from '#lib/i18n/translate'

type Option = Extract<AnswerView, { kind: 'options' }>['options'][number]

function OptionRow({ locale, option }: { locale: string; option: Option }) {
  const t = translator(locale, 'examResult')
  const { text, chosen, correct } = option
  const said = chosen
    ? correct === null
      ? t('chosen')
      : correct
        ? t('chosenCorrect')
        : t('chosenWrong')
    : correct === true
      ? t('missed')
      : null
  const look = !chosen ? '' : correct === null ? 'text-accent-11' : correct ? 'text-good' : 'text-bad'
  return (
    <li className="flex items-start gap-3 py-1.5">
      <Icon
        name={
          chosen ? (correct === false ? 'x-circle' : 'check-circle') : correct === true ? 'check' : 'circle'
        }
        size={18}
        className={`mt-0.5 ${chosen ? look : correct === true ? 'text-good' : 'text-line'}`}
      />
      <span className={`min-w-0 wrap-anywhere ${chosen ? 'font-medium' : ''}`}>
        {text}
        {said === null ? null : <span className="text-14 font-normal text-soft"> · {said}</span>}
      </span>
    </li>
  )
}

/** An answer, or what would have been right. */
export function Answer({ locale, answer }: { locale: string; answer: AnswerView }) {
  const t = translator(locale, 'examResult')
  switch (answer.kind) {
    case 'none':
      return <p className="text-soft">{t('unanswered')}</p>
    case 'truth':
      return <p className="font-medium">{answer.value ? t('true') : t('false')}</p>
    case 'text':
      return <p className="max-w-[68ch] whitespace-pre-line wrap-anywhere">{answer.text}</p>
    case 'range':
      return (
        <p className="font-medium">
          {t(answer.percent ? 'withinPercent' : 'within', { value: answer.value, by: answer.by })}
        </p>
      )
    case 'options':
      return (
        <ul>
          {answer.options.map((option, index) => (
            <OptionRow key={index} locale={locale} option={option} />
          ))}
        </ul>
      )
    case 'list': {
      const items = answer.items.map((text, index) => (
        <li key={index} className="py-0.5 wrap-anywhere">
          {text === '' ? '—' : text}
        </li>
      ))
      return answer.numbered ? (
        <ol className="list-decimal ps-6">{items}</ol>
      ) : (
        <ul className={answer.items.length > 1 ? 'list-disc ps-6' : ''}>{items}</ul>
      )
    }
    case 'files':
      return (
        <ul>
          {answer.files.map(({ name, url }) => (
            <li key={name}>
              {url === null ? (
                name
              ) : (
                <a
                  href={url}
                  className="inline-flex min-h-11 items-center gap-2 text-accent-11 underline underline-offset-2"
                >
                  <Icon name="download" size={16} />
                  {name}
                </a>
              )}
            </li>
          ))}
        </ul>
      )
  }
}
