import { buttonClass } from '#components/ui/button'
import { DefinitionList } from '#components/ui/definition-list'
import { Icon } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import { Time } from '#components/ui/time'
import type { PublicCertificate } from '#lib/awards/contract'
import { formatter, translator } from '#lib/i18n/translate'

type Props = {
  locale: string
  timeZone: string
  schoolName: string
  certificate: PublicCertificate
  /** The reader's own: they may have it as a file. */
  own: boolean
  /** Where this page stands, in full. */
  address: string
}

/** Whether it stands: the one thing that somebody who checks it wants to know. */
function Verdict({ locale, timeZone, schoolName, certificate }: Omit<Props, 'address' | 'own'>) {
  const t = translator(locale, 'awards.certificate')
  const { revokedAt } = certificate
  if (revokedAt === null) {
    return (
      <Notice tone="good" title={t('valid')}>
        {t('validBody', { school: schoolName })}
      </Notice>
    )
  }
  const date = formatter(locale, timeZone).dateTime(revokedAt, { dateStyle: 'long' })
  return (
    <Notice tone="bad" title={t('revoked')}>
      {t('revokedBody', { school: schoolName, date })}
    </Notice>
  )
}

/** What a certificate says, for whoever has its code. */
export function CertificatePage(props: Props) {
  const { locale, timeZone, schoolName, certificate, address } = props
  const t = translator(locale, 'awards.certificate')
  const day = (at: Date) => (
    <Time iso={at.toISOString()}>{formatter(locale, timeZone).dateTime(at, { dateStyle: 'long' })}</Time>
  )
  const { learnerName, courseTitle, instructorName } = certificate
  return (
    <article className="mx-auto max-w-column">
      <Verdict {...props} />
      <div className="mt-8 border-t-4 border-accent-9 pt-8">
        <p className="text-soft">{schoolName}</p>
        <h1 className="mt-1 font-reading text-28 font-medium sm:text-36">{t('heading')}</h1>
        <p className="mt-6 text-soft">{t('awarded')}</p>
        <p className="font-reading text-28 font-medium wrap-break-word">{learnerName}</p>
        <p className="mt-4 text-soft">{t('for')}</p>
        <p className="font-reading text-22 font-medium wrap-break-word">{courseTitle}</p>
      </div>
      {props.own && certificate.revokedAt === null ? (
        <p className="mt-6">
          <a href={`/api/certificates/${certificate.code}`} download className={buttonClass('quiet')}>
            <Icon name="download" size={18} />
            {t('download')}
          </a>
        </p>
      ) : null}
      <div className="mt-8">
        <DefinitionList
          items={[
            { term: t('instructor'), detail: instructorName },
            { term: t('completed'), detail: day(certificate.completedAt) },
            { term: t('issued'), detail: day(certificate.issuedAt) },
            { term: t('verify'), detail: <span className="text-14 break-all">{address}</span> },
          ]}
        />
      </div>
    </article>
  )
}
