import { About } from '#components/ui/about'
import { buttonClass, SubmitButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { Time } from '#components/ui/time'
import { translator } from '#lib/i18n/translate'
import type { NotificationType } from '#lib/notifications/contract'
import { NOTICE_TYPES } from '#lib/notifications/contract/settings'
import { momentIn } from '../exam/when'
import type { FormAction } from '#components/ui/form-context'
import { PostForm } from './post-form'

type Notice = Readonly<{
  id: string
  type: NotificationType
  title: string
  message: string
  link: string | null
  read: boolean
  createdAt: Date
}>

type Actions = Readonly<Record<'open' | 'read' | 'readAll', FormAction>>

type Props = {
  locale: string
  /** The one kind that is shown; null: all. */
  type: NotificationType | null
  /** Where in the list this page begins; null: at its head. */
  cursor: string | null
  listed: Readonly<{
    rows: readonly Notice[]
    nextCursor: string | null
    previousCursor: string | null
    timeZone: string
    /** When the page was made. */
    now: Date
  }>
  actions: Actions
}

function addressOf(type: NotificationType | null, cursor: string | null): string {
  const query = new URLSearchParams({
    ...(type === null ? {} : { type }),
    ...(cursor === null ? {} : { cursor }),
  }).toString()
  return query === '' ? '/notifications' : `/notifications?${query}`
}

function Filter({ locale, type }: Pick<Props, 'locale' | 'type'>) {
  const t = translator(locale, 'notices.page')
  const names = translator(locale, 'notices.types')
  const kinds = [
    { type: null, label: t('all') },
    ...NOTICE_TYPES.map((one) => ({ type: one, label: names(one) })),
  ]
  return (
    <nav aria-label={t('filter')} className="shelves mb-6" data-chrome>
      <ul className="flex flex-wrap gap-2">
        {kinds.map((kind) => (
          <li key={kind.type ?? 'all'}>
            <a href={addressOf(kind.type, null)} aria-current={kind.type === type ? 'page' : undefined}>
              {kind.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const TITLE =
  'min-h-11 text-start font-medium underline-offset-2 hover:text-accent-11 hover:underline sm:min-h-0'

/** What leads to the matter itself: unread, it is noted as read on the way. */
function Title({ notice, open }: { notice: Notice; open: FormAction }) {
  const { id, title, link, read } = notice
  if (!read)
    return (
      <PostForm action={open} values={{ id }}>
        <button type="submit" className={TITLE}>
          {title}
        </button>
      </PostForm>
    )
  return link === null ? (
    <p className="font-medium">{title}</p>
  ) : (
    <a href={link} className={`inline-flex items-center ${TITLE}`}>
      {title}
    </a>
  )
}

function Item({
  locale,
  timeZone,
  notice,
  back,
  actions,
}: {
  locale: string
  timeZone: string
  notice: Notice
  /** The address of this page. */
  back: string
  actions: Actions
}) {
  const t = translator(locale, 'notices.page')
  const { id, type, title, message, read, createdAt } = notice
  return (
    <li
      data-notice={read ? 'read' : 'unread'}
      className="grid grid-cols-[1rem_1fr] items-start gap-x-3 py-4 sm:grid-cols-[1rem_1fr_auto]"
    >
      {read ? (
        <span />
      ) : (
        <span className="mt-2 size-2.5 rounded-full bg-accent-9">
          <span className="sr-only">{t('unread')}</span>
        </span>
      )}
      <div className="min-w-0 wrap-anywhere">
        <h2 className="text-16">
          <Title notice={notice} open={actions.open} />
        </h2>
        {message === '' ? null : (
          <p dir="auto" className="mt-1 max-w-column whitespace-pre-line text-soft">
            {message}
          </p>
        )}
        <p className="mt-1 text-12 text-soft">
          {translator(locale, 'notices.types')(type)} ·{' '}
          <Time iso={createdAt.toISOString()}>{momentIn(locale, timeZone, createdAt)}</Time>
        </p>
      </div>
      {read ? null : (
        <div className="max-sm:col-start-2">
          <PostForm action={actions.read} values={{ id, back }}>
            <SubmitButton look="plain" size="small">
              {t('readOne')}
              <About>{t('about', { title })}</About>
            </SubmitButton>
          </PostForm>
        </div>
      )}
    </li>
  )
}

/** All that somebody was told, newest first. */
export function NoticesPage({ locale, type, cursor, listed, actions }: Props) {
  const t = translator(locale, 'notices.page')
  const { rows, nextCursor, previousCursor, timeZone, now } = listed
  const settings = (
    <a href="/account/notifications" className={buttonClass('quiet')}>
      {t('settings')}
    </a>
  )
  const readAll = (
    <PostForm action={actions.readAll} values={{ until: String(now.getTime()), back: type ?? '' }}>
      <SubmitButton look="quiet">{t('readAll')}</SubmitButton>
    </PostForm>
  )
  const back = addressOf(type, cursor)
  const hasUnread = rows.some(({ read }) => !read)
  return (
    <>
      <PageHeader
        title={t('title')}
        intro={t('intro')}
        actions={
          <>
            {hasUnread ? readAll : null}
            {settings}
          </>
        }
      />
      <Filter locale={locale} type={type} />
      {rows.length === 0 ? (
        <EmptyState
          seed="notifications"
          title={type === null ? t('emptyTitle') : t('emptyTypeTitle')}
          body={type === null ? t('emptyBody') : t('emptyTypeBody')}
        >
          {type === null ? null : (
            <a href="/notifications" className={buttonClass('quiet')}>
              {t('showAll')}
            </a>
          )}
        </EmptyState>
      ) : (
        <ul className="mb-8 max-w-page divide-y divide-line">
          {rows.map((notice) => (
            <Item key={notice.id} {...{ locale, timeZone, notice, back, actions }} />
          ))}
        </ul>
      )}
      <Pager
        label={t('pages')}
        previous={
          previousCursor === null ? null : { href: addressOf(type, previousCursor), label: t('newer') }
        }
        next={nextCursor === null ? null : { href: addressOf(type, nextCursor), label: t('older') }}
      />
    </>
  )
}
