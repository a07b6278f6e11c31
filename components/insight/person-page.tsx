import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import { ActionForm } from '#components/ui/action-form'
import { CheckboxField } from '#components/ui/checkbox-field'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { TextArea } from '#components/ui/text-area'
import { formatter, translator } from '#lib/i18n/translate'
import { MESSAGE_MAX } from '#lib/insight/contract/constants'
import type { MessageLine, PersonInsight } from '#lib/insight/contract/views'
import type { CourseHead } from '#lib/teach/contract'
import { signalInWords } from './signal-words'
import { Signals } from './warning-list'

type Props = Readonly<{
  locale: string
  timeZone: string
  course: CourseHead
  person: PersonInsight
  /** The writer's own address. */
  ownAddress: string
  requestKey: string
  done: 'sent' | 'sent-before' | null
  write: FormAction
}>

function Seen({ locale, timeZone, person }: Props) {
  const t = translator(locale, 'insight.write')
  const { line, name } = person
  const [first] = line?.signals ?? []
  if (line === null || first === undefined) return <p className="text-soft">{t('noSignal', { name })}</p>
  return (
    <>
      <Signals locale={locale} timeZone={timeZone} given={line.signals} />
      <p className="mt-3 flex items-start gap-2 text-14 text-soft">
        <Icon name="tip" size={16} className="mt-0.5" />
        <span>
          {t('advice')}: {signalInWords(locale, timeZone, first).advice}
        </span>
      </p>
    </>
  )
}

function Before({
  locale,
  timeZone,
  messages,
}: Pick<Props, 'locale' | 'timeZone'> & { messages: readonly MessageLine[] }) {
  const t = translator(locale, 'insight.write')
  if (messages.length === 0) return null
  return (
    <section aria-labelledby="before" className="max-w-column">
      <h3 id="before" className="text-18 font-semibold">
        {t('before')}
      </h3>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {messages.map(({ id, body, sentAt, by }) => {
          const at = formatter(locale, timeZone).dateTime(sentAt, {
            ...{ day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' },
          })
          return (
            <li key={id} className="py-3">
              <p className="text-14 text-soft">
                {by === null ? t('beforeUnknown', { at }) : t('beforeBy', { by, at })}
              </p>
              <p dir="auto" className="mt-1 whitespace-pre-wrap wrap-anywhere">
                {body}
              </p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** One learner: what was seen, a letter to them, and what was written before. */
export function PersonInsightPage(props: Props) {
  const { locale, timeZone, course, person, ownAddress, requestKey, done, write } = props
  const t = translator(locale, 'insight.write')
  const { name, userId } = person
  return (
    <CourseFrame
      locale={locale}
      course={course}
      current="insight"
      done={done === null ? null : t(done === 'sent' ? 'sent' : 'sentBefore')}
    >
      <div className="flex flex-wrap items-start justify-between gap-4">
        <h2 className="font-reading text-22 font-medium wrap-anywhere">{t('title', { name })}</h2>
        <LinkButton href={`/teach/courses/${course.id}/insight`} look="quiet" size="small">
          {t('back')}
        </LinkButton>
      </div>
      <div className="mt-6 flex flex-col gap-10">
        <div className="max-w-column">
          <Seen {...props} />
        </div>
        <div className="max-w-column">
          <ActionForm
            action={write}
            submit={t('send')}
            pendingLabel={t('pending')}
            messages={formWords(locale)}
          >
            <HiddenFields values={{ courseId: course.id, userId, key: requestKey }} />
            <TextArea
              name="body"
              label={t('body')}
              help={t('bodyHelp', { name })}
              rows={6}
              maxLength={MESSAGE_MAX}
            />
            <CheckboxField
              name="replies"
              label={t('replies')}
              help={t('repliesHelp', { email: ownAddress })}
            />
          </ActionForm>
        </div>
        <Before locale={locale} timeZone={timeZone} messages={person.messages} />
      </div>
    </CourseFrame>
  )
}
