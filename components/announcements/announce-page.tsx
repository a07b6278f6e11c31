import { About } from '#components/ui/about'
import { SubmitButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import { type AnnouncementView, BODY_MOST, TITLE_MOST } from '#lib/announcements/contract'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { PostForm } from '../notices/post-form'
import { AnnouncementText } from './announcement-text'
import { WriteForm } from './write-form'

export type AnnounceActions = Readonly<Record<'say' | 'change' | 'keep', FormAction>>

export type Said = Readonly<{
  rows: readonly AnnouncementView[]
  nextCursor: string | null
  previousCursor: string | null
  /** How many people would hear of another one. */
  listeners: number
  /** The one that is being changed. */
  edited: AnnouncementView | null
  timeZone: string
}>

type Props = {
  locale: string
  /** The address of this page. */
  path: string
  /** What every form sends along: the course. */
  place: Readonly<Record<string, string>>
  said: Said
  /** Of the form: sent twice it is said once. */
  requestKey: string
  /** The one that was just taken back. */
  removed: string | null
  actions: AnnounceActions
}

const LIMITS = { title: TITLE_MOST, body: BODY_MOST }

function Write({ locale, place, said, requestKey, actions }: Omit<Props, 'path' | 'removed'>) {
  const t = translator(locale, 'announcements')
  const { edited, listeners } = said
  const shared = { title: t('titleField'), body: t('bodyField'), bodyHelp: t('bodyHelp') }
  return (
    <section aria-labelledby="write-title" className="mb-10">
      <h2 id="write-title" className="mb-4 font-reading text-22 font-medium">
        {edited === null ? t('write') : t('edit')}
      </h2>
      {edited === null ? (
        <WriteForm
          key={requestKey}
          action={actions.say}
          values={{ ...place, key: requestKey }}
          given={{ title: '', body: '' }}
          limits={LIMITS}
          words={{ ...shared, submit: t('say', { count: listeners }), pending: t('saying') }}
          messages={formWords(locale)}
        />
      ) : (
        <WriteForm
          key={edited.id}
          action={actions.change}
          values={{ ...place, id: edited.id, seen: edited.updatedAt.toISOString() }}
          given={edited}
          limits={LIMITS}
          words={{ ...shared, bodyHelp: t('editHelp'), submit: t('save'), pending: t('saving') }}
          messages={formWords(locale)}
        />
      )}
    </section>
  )
}

function Removed({
  locale,
  place,
  removed,
  actions,
}: Pick<Props, 'locale' | 'place' | 'removed' | 'actions'>) {
  const t = translator(locale, 'announcements')
  if (removed === null) return null
  return (
    <div className="mb-8" role="status">
      <Notice
        tone="info"
        title={t('removed')}
        action={
          <PostForm action={actions.keep} values={{ ...place, id: removed, standing: 'yes' }}>
            <SubmitButton look="quiet" size="small">
              {t('restore')}
            </SubmitButton>
          </PostForm>
        }
      />
    </div>
  )
}

/** Where announcements are written, and those that stand. */
export function Announce({ locale, path, place, said, requestKey, removed, actions }: Props) {
  const t = translator(locale, 'announcements')
  const { rows, nextCursor, previousCursor, timeZone } = said
  const at = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: `${path}?cursor=${cursor}`, label }
  return (
    <>
      <Removed {...{ locale, place, removed, actions }} />
      <Write {...{ locale, place, said, requestKey, actions }} />
      {rows.length === 0 ? (
        <EmptyState seed={`${path}:announcements`} title={t('noneTitle')} body={t('noneBody')} />
      ) : (
        <ul className="mb-8">
          {rows.map((announcement) => (
            <AnnouncementText key={announcement.id} {...{ locale, timeZone, announcement }}>
              <LinkButton href={`${path}?edit=${announcement.id}`} look="quiet" size="small">
                {t('change')}
                <About>{t('about', { title: announcement.title })}</About>
              </LinkButton>
              <PostForm action={actions.keep} values={{ ...place, id: announcement.id, standing: 'no' }}>
                <SubmitButton look="plain" size="small">
                  {t('remove')}
                  <About>{t('about', { title: announcement.title })}</About>
                </SubmitButton>
              </PostForm>
            </AnnouncementText>
          ))}
        </ul>
      )}
      <Pager label={t('pages')} previous={at(previousCursor, t('newer'))} next={at(nextCursor, t('older'))} />
    </>
  )
}
