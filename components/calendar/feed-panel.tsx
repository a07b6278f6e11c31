import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import { CopyButton } from '#components/ui/copy-button'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Notice } from '#components/ui/notice'
import type { CalendarView, FeedDone } from '#lib/calendar/contract'
import { formatter, translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

type Props = Readonly<{
  locale: string
  view: CalendarView
  done: FeedDone | undefined
  actions: Readonly<Record<'make' | 'stop', FormAction>>
}>

const ADDRESS_ID = 'feed-address'

function Address({ locale, view, actions, feed }: Props & { feed: NonNullable<CalendarView['feed']> }) {
  const t = translator(locale, 'calendar.feed')
  const common = {
    values: { seen: feed.id },
    pendingLabel: translator(locale, 'teach.form')('pending'),
    cancel: t('keep'),
    messages: formWords(locale),
  }
  const since = formatter(locale, view.timeZone).dateTime(feed.createdAt, { dateStyle: 'long' })
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p id={`${ADDRESS_ID}-label`} className="text-14 font-medium">
          {t('address')}
        </p>
        <div className="mt-1 flex flex-wrap items-center gap-3">
          <code
            id={ADDRESS_ID}
            aria-labelledby={`${ADDRESS_ID}-label`}
            className="min-w-0 rounded-sm bg-sunken px-3 py-2 text-14 select-all wrap-anywhere"
          >
            {feed.address}
          </code>
          <CopyButton value={feed.address} source={ADDRESS_ID} label={t('copy')} copiedLabel={t('copied')} />
        </div>
        <p className="mt-1 text-12 text-soft">{t('since', { date: since })}</p>
      </div>
      <div className="flex flex-wrap gap-3">
        <ConfirmForm
          id="renew-feed"
          trigger={{ label: t('renew'), look: 'quiet', size: 'small' }}
          title={t('renewAsk')}
          consequence={t('renewGone')}
          action={actions.make}
          submit={t('renew')}
          {...common}
        />
        <ConfirmForm
          id="stop-feed"
          trigger={{ label: t('off'), look: 'risky', size: 'small' }}
          title={t('offAsk')}
          consequence={t('offGone')}
          action={actions.stop}
          submit={t('off')}
          {...common}
        />
      </div>
    </div>
  )
}

/** The address that other calendars read this one by. */
export function FeedPanel(props: Props) {
  const { locale, view, done, actions } = props
  const t = translator(locale, 'calendar.feed')
  const { feed } = view
  return (
    <section id="feed" aria-labelledby="feed-title" className="mt-12 border-t border-line pt-8">
      <h2 id="feed-title" className="text-18 font-semibold">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 max-w-column text-14 text-soft">{t('body')}</p>
      {done === undefined ? null : (
        <div className="mb-4" role="status">
          <Notice tone="good" title={t(done)} />
        </div>
      )}
      {feed === null ? (
        <ActionForm
          action={actions.make}
          submit={t('make')}
          submitLook="quiet"
          pendingLabel={t('making')}
          messages={formWords(locale)}
        >
          <HiddenFields values={{ seen: '' }} />
        </ActionForm>
      ) : (
        <Address {...props} feed={feed} />
      )}
    </section>
  )
}
