import { Disclosure } from '#components/ui/disclosure'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Time } from '#components/ui/time'
import type { LetterView } from '#lib/account/contract'
import { formatter, translator } from '#lib/i18n/translate'

type Props = { locale: string; timeZone: string; letters: readonly LetterView[]; now: Date }

function Head({ locale, letter, when }: { locale: string; letter: LetterView; when: string }) {
  const t = translator(locale, 'outbox')
  return (
    <span className="flex min-w-0 grow flex-wrap items-baseline justify-between gap-x-4">
      <span className="min-w-0">
        <span className="block font-medium wrap-break-word">{letter.subject}</span>
        <span className="block text-14 wrap-anywhere text-soft">
          {t('letterTo', { name: letter.to.address })}
        </span>
      </span>
      <span className="text-14 text-soft">{when}</span>
    </span>
  )
}

/** Text and nothing else: what a letter's HTML holds is never shown here. */
function Letter({
  locale,
  timeZone,
  letter,
  now,
  open,
}: Omit<Props, 'letters'> & { letter: LetterView; open: boolean }) {
  const t = translator(locale, 'outbox')
  const format = formatter(locale, timeZone)
  const facts = [
    { term: t('from'), detail: `${letter.from.name} <${letter.from.address}>` },
    { term: t('to'), detail: `${letter.to.name} <${letter.to.address}>` },
  ]
  return (
    <Disclosure
      open={open}
      summary={<Head locale={locale} letter={letter} when={format.relativeTime(letter.sentAt, now)} />}
    >
      <div className="ps-7 pb-6">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-14">
          {facts.map(({ term, detail }) => (
            <div key={term} className="contents">
              <dt className="text-soft">{term}</dt>
              <dd className="wrap-anywhere">{detail}</dd>
            </div>
          ))}
          <dt className="text-soft">{t('at')}</dt>
          <dd>
            <Time iso={letter.sentAt.toISOString()}>
              {format.dateTime(letter.sentAt, { dateStyle: 'long', timeStyle: 'long' })}
            </Time>
          </dd>
        </dl>
        <p className="mt-4 max-w-column rounded-sm bg-sunken p-4 wrap-anywhere whitespace-pre-wrap">
          {letter.parts.map(({ text, href }, index) =>
            href === null ? (
              text
            ) : (
              <a key={index} href={href} className="font-medium text-accent-11 underline underline-offset-2">
                {text}
              </a>
            ),
          )}
        </p>
      </div>
    </Disclosure>
  )
}

/** The letters that the demo would have sent, newest first. */
export function Outbox({ letters, ...props }: Props) {
  const { locale } = props
  const t = translator(locale, 'outbox')
  return (
    <>
      <PageHeader title={t('title')} {...(letters.length === 0 ? {} : { intro: t('intro') })} />
      <Notice tone="info" title={t('why')}>
        {t('whyBody')}
      </Notice>
      {letters.length === 0 ? (
        <EmptyState seed="outbox" title={t('emptyTitle')} body={t('emptyBody')}>
          <LinkButton href="/sign-in" look="quiet">
            {t('toSignIn')}
          </LinkButton>
        </EmptyState>
      ) : (
        <ol className="mt-6 divide-y divide-line border-y border-line">
          {letters.map((letter, index) => (
            <li key={letter.id}>
              <Letter {...props} letter={letter} open={index === 0} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
