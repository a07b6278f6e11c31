import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { ConfirmForm } from '#components/ui/confirm-form'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { translator } from '#lib/i18n/translate'
import type { ConversationsView } from '#lib/tutor/contract'
import { formWords } from '../form/form-words'
import { MessageItem } from './answer-view'
import { answerWords } from './tutor-words'

type Props = Readonly<{ locale: string; view: ConversationsView; forget: FormAction }>

/** @param chatId empty: all of them */
function Delete({ locale, view, forget, chatId }: Props & { chatId: string }) {
  const t = translator(locale, 'tutor.own')
  const all = chatId === ''
  return (
    <ConfirmForm
      id="delete"
      trigger={{ label: t(all ? 'deleteAll' : 'delete'), size: 'small' }}
      title={t(all ? 'deleteAllTitle' : 'deleteTitle')}
      consequence={t('deleteBody')}
      action={forget}
      values={{ courseId: view.courseId, chatId }}
      submit={t('deleteYes')}
      pendingLabel={t('deleting')}
      cancel={t('cancel')}
      messages={formWords(locale)}
    />
  )
}

function List(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'tutor.own')
  if (view.conversations.length === 0)
    return <EmptyState title={t('emptyTitle')} body={t('emptyBody')} seed="tutor" />
  return (
    <>
      <ul className="flex max-w-column flex-col divide-y divide-line border-y border-line">
        {view.conversations.map(({ id, title, when }) => (
          <li key={id}>
            <a
              href={`/courses/${view.courseId}/tutor?chat=${id}`}
              className="flex min-h-11 flex-col gap-1 py-3 hover:bg-sunken"
            >
              <span dir="auto" className="font-medium wrap-break-word text-accent-11">
                {title === '' ? t('without') : title}
              </span>
              <span className="text-14 text-soft">{when}</span>
            </a>
          </li>
        ))}
      </ul>
      <div className="mt-6">
        <Delete {...props} chatId="" />
      </div>
    </>
  )
}

function Open({ open, ...props }: Props & { open: NonNullable<ConversationsView['open']> }) {
  const { locale, view } = props
  const t = translator(locale, 'tutor.own')
  const { courseId } = view
  return (
    <div className="max-w-column">
      <div className="mb-8 flex flex-wrap gap-3">
        <LinkButton href={`/courses/${courseId}/tutor`} look="quiet" size="small">
          {t('back')}
        </LinkButton>
        {open.lessonId === null ? null : (
          <LinkButton href={`/learn/${courseId}/${open.lessonId}`} look="quiet" size="small">
            {t('toLesson')}
          </LinkButton>
        )}
        <Delete {...props} chatId={open.id} />
      </div>
      <div className="flex flex-col gap-6">
        {open.messages.map((message, index) => (
          <MessageItem
            key={index}
            message={message}
            courseId={courseId}
            here={null}
            words={answerWords(locale)}
          />
        ))}
      </div>
    </div>
  )
}

/** One's own conversations with a course's tutor; they can be read without a script. */
export function ConversationsPage({ done, ...props }: Props & { done: boolean }) {
  const { locale, view } = props
  const t = translator(locale, 'tutor.own')
  const { courseId, courseTitle, open } = view
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'course')('breadcrumb')}
        crumbs={[
          { label: translator(locale, 'shell')('courses'), href: '/courses' },
          { label: courseTitle, href: `/courses/${courseId}` },
        ]}
      />
      <h1 className="mt-6 font-reading text-28 font-medium">{t('title')}</h1>
      <p className="mt-2 mb-8 max-w-note text-soft">{t('intro')}</p>
      {done ? (
        <div className="mb-8 max-w-column" role="status">
          <Notice tone="good" title={t('deleted')} />
        </div>
      ) : null}
      {open === null ? <List {...props} /> : <Open {...props} open={open} />}
    </>
  )
}
