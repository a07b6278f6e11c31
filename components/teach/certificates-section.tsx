import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { Pager } from '#components/ui/pager'
import { StatusBadge } from '#components/ui/status-badge'
import { TextArea } from '#components/ui/text-area'
import { Time } from '#components/ui/time'
import { type HeldCertificate, type HeldPage, REASON_MAX } from '#lib/awards/contract'
import { formatter, translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

type Props = Readonly<{
  locale: string
  timeZone: string
  courseId: string
  page: HeldPage
  actions: Readonly<{ revoke: FormAction; restore: FormAction }>
}>

type Row = Readonly<{ certificate: HeldCertificate }>

function Day({ locale, timeZone, at }: Pick<Props, 'locale' | 'timeZone'> & { at: Date }) {
  const write = formatter(locale, timeZone)
  return (
    <Time iso={at.toISOString()} full={write.dateTime(at, { dateStyle: 'full', timeStyle: 'long' })}>
      {write.dateTime(at, { day: 'numeric', month: 'short', year: 'numeric' })}
    </Time>
  )
}

function State({ locale, timeZone, certificate }: Pick<Props, 'locale' | 'timeZone'> & Row) {
  const t = translator(locale, 'teach.people.certificates')
  const { revokedAt } = certificate
  if (revokedAt === null) return <StatusBadge tone="good">{t('valid')}</StatusBadge>
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <StatusBadge tone="bad" icon="x-circle">
        {t('revoked')}
      </StatusBadge>
      <span className="text-14 whitespace-nowrap text-soft">
        <Day locale={locale} timeZone={timeZone} at={revokedAt} />
      </span>
    </span>
  )
}

/** The question before either, with the reason that the log keeps. */
function Judge({ locale, courseId, actions, certificate }: Omit<Props, 'timeZone' | 'page'> & Row) {
  const t = translator(locale, 'teach.people.certificates')
  const { userId, name, revokedAt } = certificate
  const stands = revokedAt === null
  return (
    <ConfirmForm
      id={`certificate-${userId}`}
      trigger={{ label: stands ? t('revoke') : t('restore'), about: name, look: 'plain', size: 'small' }}
      title={stands ? t('revokeAsk', { name }) : t('restoreAsk', { name })}
      consequence={stands ? t('revokeBody', { name }) : t('restoreBody', { name })}
      action={stands ? actions.revoke : actions.restore}
      values={{ courseId, userId }}
      submit={stands ? t('revoke') : t('restore')}
      submitLook={stands ? 'danger' : 'primary'}
      pendingLabel={stands ? t('revoking') : t('restoring')}
      cancel={translator(locale, 'teach.form')('cancel')}
      messages={formWords(locale)}
    >
      <TextArea name="reason" label={t('reason')} help={t('reasonHelp')} rows={2} maxLength={REASON_MAX} />
    </ConfirmForm>
  )
}

/** Who holds a certificate of the course, whether it stands, and the way to change that. */
export function CertificatesSection(props: Props) {
  const { locale, timeZone, courseId, page } = props
  const t = translator(locale, 'teach.people.certificates')
  const words = translator(locale, 'teach.people')
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: `/teach/courses/${courseId}/people?held=${cursor}`, label }
  return (
    <section aria-labelledby="certificates-title" className="flex flex-col gap-4">
      <div>
        <h2 id="certificates-title" className="text-18 font-semibold">
          {t('title')}
        </h2>
        <p className="mt-1 max-w-column text-14 text-soft">{t('intro')}</p>
      </div>
      <DataTable<HeldCertificate>
        caption={t('caption')}
        rows={page.certificates}
        rowKey={({ userId }) => userId}
        empty={<EmptyState seed={`${courseId}:certificates`} title={t('emptyTitle')} body={t('emptyBody')} />}
        columns={[
          {
            ...{ id: 'name', header: words('name'), long: true },
            cell: ({ name, email }) => (
              <>
                {name}
                <span className="block text-12 font-normal text-soft wrap-anywhere">{email}</span>
              </>
            ),
          },
          {
            ...{ id: 'completed', header: t('completed') },
            cell: ({ completedAt }) => (
              <span className="whitespace-nowrap">
                <Day locale={locale} timeZone={timeZone} at={completedAt} />
              </span>
            ),
          },
          {
            ...{ id: 'state', header: t('state') },
            cell: (certificate) => <State locale={locale} timeZone={timeZone} certificate={certificate} />,
          },
        ]}
        actions={{
          label: words('actions'),
          cell: (certificate) => <Judge {...props} certificate={certificate} />,
        }}
      />
      <Pager
        label={t('pager')}
        previous={link(page.previousCursor, words('previous'))}
        next={link(page.nextCursor, words('next'))}
      />
    </section>
  )
}
