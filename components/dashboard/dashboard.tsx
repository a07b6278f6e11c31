import { StreakPart } from '#components/awards/streak-part'
import { EmptyState } from '#components/ui/empty-state'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { PageHeader } from '#components/ui/page-header'
import type { DashboardView } from '#lib/account/contract'
import { dayPart } from '#lib/account/rules'
import { translator } from '#lib/i18n/translate'
import { ContinueCard } from './continue-card'
import { LearningList } from './learning-list'
import { Part } from './part'
import { TeachingList } from './teaching-list'
import { UpcomingList } from './upcoming-list'

function introOf(locale: string, { learning, teaching }: DashboardView): string {
  const t = translator(locale, 'today')
  const ongoing = learning.filter(({ completed }) => !completed).length
  if (ongoing > 0) return t('introOngoing', { count: ongoing })
  if (learning.length > 0) return t('introDone')
  const taught = teaching?.length ?? 0
  return taught > 0 ? t('introTeach', { count: taught }) : t('introNew')
}

/** The way to running the school. Where there is nothing else to do, it is the page's main action. */
function Administration({ locale, main }: { locale: string; main: boolean }) {
  const t = translator(locale, 'today')
  return (
    <section aria-labelledby="administration" className="rounded-md bg-accent-3 p-4 sm:p-6">
      <h2 id="administration" className="flex items-center gap-2 font-semibold text-accent-11">
        <Icon name="building" size={18} />
        {t('admin')}
      </h2>
      <p className="mt-1 mb-4 max-w-note text-14">{t('adminBody')}</p>
      <LinkButton href="/admin" look={main ? 'primary' : 'quiet'} size={main ? 'regular' : 'small'}>
        {t('adminLink')}
      </LinkButton>
    </section>
  )
}

/** Somebody who neither learns nor teaches yet. */
function Newcomer({ locale, view }: { locale: string; view: DashboardView }) {
  const t = translator(locale, 'today')
  const teaches = view.teaching !== null
  return (
    <EmptyState
      seed="dashboard"
      title={teaches ? t('teachEmptyTitle') : t('emptyTitle')}
      body={teaches ? t('teachEmptyBody') : t('emptyBody')}
    >
      <LinkButton href="/courses" look={teaches ? 'quiet' : 'primary'}>
        {t('browse')}
      </LinkButton>
    </EmptyState>
  )
}

/** What is due, and the way to running the school. */
function Side({ locale, view, now }: { locale: string; view: DashboardView; now: Date }) {
  const { learning, upcoming, timeZone, administers, streak } = view
  return (
    <>
      {learning.length === 0 ? null : (
        <>
          <UpcomingList locale={locale} timeZone={timeZone} items={upcoming} now={now} />
          <p>
            <LinkButton href="/progress" look="quiet" size="small">
              <Icon name="activity" size={16} />
              {translator(locale, 'insight.own')('title')}
            </LinkButton>
          </p>
        </>
      )}
      {streak === null ? null : (
        <StreakPart locale={locale} timeZone={timeZone} now={now} streak={streak} href="/profile" />
      )}
      {administers ? <Administration locale={locale} main={false} /> : null}
    </>
  )
}

const MAIN = 'min-w-0 lg:col-start-1'

/** Whoever learns or teaches: the lesson to go on with, what is due, then the rest. */
function Busy({ locale, view, now }: { locale: string; view: DashboardView; now: Date }) {
  const t = translator(locale, 'today')
  const { learning, teaching } = view
  const [first] = learning
  const primary = first === undefined || first.completed || first.next === null ? null : first
  const others = primary === null ? learning : learning.slice(1)
  // In the document the side column stands second, where a phone shows it.
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_auto_1fr]">
      {primary === null ? null : (
        <div className={MAIN}>
          <ContinueCard locale={locale} card={primary} />
        </div>
      )}
      <div className="flex min-w-0 flex-col gap-8 empty:hidden lg:col-start-2 lg:row-span-3 lg:row-start-1">
        <Side locale={locale} view={view} now={now} />
      </div>
      {teaching === null || teaching.length === 0 ? null : (
        <div className={MAIN}>
          <Part id="teaching" title={t('teaching')}>
            <TeachingList locale={locale} cards={teaching} />
          </Part>
        </div>
      )}
      {others.length === 0 ? null : (
        <div className={MAIN}>
          <Part id="courses" title={primary === null ? t('yours') : t('others')}>
            <LearningList locale={locale} cards={others} />
          </Part>
        </div>
      )}
    </div>
  )
}

/** A person's first page, which answers one question: what should I do next? */
export function Dashboard({ locale, view, now }: { locale: string; view: DashboardView; now: Date }) {
  const t = translator(locale, 'today')
  const idle = view.learning.length === 0 && (view.teaching ?? []).length === 0
  return (
    <>
      <PageHeader
        title={t('hello', { part: dayPart(now, view.timeZone), name: view.name })}
        {...(idle && view.administers ? {} : { intro: introOf(locale, view) })}
      />
      {idle ? null : <Busy locale={locale} view={view} now={now} />}
      {idle && view.administers ? <Administration locale={locale} main /> : null}
      {idle && !view.administers ? <Newcomer locale={locale} view={view} /> : null}
    </>
  )
}
