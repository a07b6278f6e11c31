import { Icon } from '#components/ui/icon'
import { StatusBadge } from '#components/ui/status-badge'
import { Time } from '#components/ui/time'
import type { CertificateCard } from '#lib/awards/contract'
import { formatter, translator } from '#lib/i18n/translate'

type Props = {
  locale: string
  timeZone: string
  /** The reader's own: they may have the file. */
  own?: boolean
}

const LINK =
  'inline-flex min-h-11 items-center gap-2 text-14 font-medium text-accent-11 hover:underline sm:min-h-8'

function Item({ locale, timeZone, own = true, certificate }: Props & { certificate: CertificateCard }) {
  const t = translator(locale, 'awards.certificates')
  const { code, courseTitle, instructorName, completedAt, revoked } = certificate
  const date = formatter(locale, timeZone).dateTime(completedAt, { dateStyle: 'long' })
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-reading text-18 font-medium wrap-break-word">{courseTitle}</h3>
        {revoked ? (
          <StatusBadge tone="bad" icon="x-circle">
            {t('revoked')}
          </StatusBadge>
        ) : null}
      </div>
      <p className="mt-1 text-14 text-soft">
        <Time iso={completedAt.toISOString()}>{t('completed', { date })}</Time>
        {' · '}
        {t('taught', { name: instructorName })}
      </p>
      <p className="mt-2 flex flex-wrap gap-x-6">
        {revoked || !own ? null : (
          <a href={`/api/certificates/${code}`} download className={LINK}>
            <Icon name="download" size={16} />
            {t('download')}
            <span className="sr-only"> {t('of', { course: courseTitle })}</span>
          </a>
        )}
        <a href={`/certificates/${code}`} className={LINK}>
          <Icon name="arrow" size={16} />
          {t('page')}
          <span className="sr-only"> {t('of', { course: courseTitle })}</span>
        </a>
      </p>
    </li>
  )
}

/** Certificates one after another, each with its file and its public page. */
export function CertificateList({
  certificates,
  ...props
}: Props & { certificates: readonly CertificateCard[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {certificates.map((certificate) => (
        <Item key={certificate.code} {...props} certificate={certificate} />
      ))}
    </ul>
  )
}
