import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { translator } from '#lib/i18n/translate'
import { Walls } from './walls'

type DemoSchool = { name: string; url: string }

const POINTS = [
  { title: 'wallsTitle', body: 'wallsBody' },
  { title: 'learnTitle', body: 'learnBody' },
  { title: 'refusedTitle', body: 'refusedBody' },
  { title: 'openTitle', body: 'openBody' },
] as const

function DemoSchools({ locale, schools }: { locale: string; schools: readonly DemoSchool[] }) {
  const t = translator(locale, 'landing')
  return (
    <section aria-labelledby="demo" className="mt-8">
      <h2 id="demo" className="font-semibold">
        {t('demo')}
      </h2>
      <p className="text-14 text-soft">{t('demoNote')}</p>
      <ul className="mt-3 flex flex-wrap gap-3">
        {schools.map((school, index) => (
          <li key={school.url}>
            <LinkButton href={school.url} look={index === 0 ? 'primary' : 'quiet'}>
              {school.name}
              <Icon name="arrow" size={18} />
            </LinkButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

/**
 * The root host's first page: what SmartLMS is, and in demo mode the way into its schools (`demoSchools` is empty
 * elsewhere). `sourceUrl` is null where the operator names none.
 */
export function Landing({
  locale,
  demoSchools,
  sourceUrl,
}: {
  locale: string
  demoSchools: readonly DemoSchool[]
  sourceUrl: string | null
}) {
  const t = translator(locale, 'landing')
  return (
    <div className="flex flex-col gap-16">
      <div className="grid grid-cols-1 items-center gap-12 lg:grid-cols-2">
        <div>
          <h1 className="font-reading text-36 font-medium tracking-[-0.01em]">{t('headline')}</h1>
          <p className="mt-4 max-w-note text-18 text-soft">{t('intro')}</p>
          {demoSchools.length > 0 ? <DemoSchools locale={locale} schools={demoSchools} /> : null}
        </div>
        <Walls label={t('drawing')} />
      </div>
      <section aria-label={t('more')}>
        <div className="grid grid-cols-1 gap-x-12 gap-y-8 border-t border-line pt-12 sm:grid-cols-2">
          {POINTS.map((point) => (
            <div key={point.title} className="max-w-note">
              <h2 className="font-reading text-22 font-medium">{t(point.title)}</h2>

              <p className="mt-2 text-soft">{t(point.body)}</p>
            </div>
          ))}
        </div>
        {sourceUrl === null ? null : (
          <p className="mt-8">
            <a
              href={sourceUrl}
              rel="noopener"
              className="inline-flex min-h-11 items-center gap-2 font-medium text-accent-11 hover:underline"
            >
              {t('source')}
              <Icon name="external" size={16} />
            </a>
          </p>
        )}
      </section>
    </div>
  )
}
