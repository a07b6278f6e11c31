import { StepsList } from '#components/ui/steps-list'
import { CoverArt } from '#components/ui/cover-art'
import { translator } from '#lib/i18n/translate'
import type { RequestView } from '#lib/schools/contract'
import { hostOf } from '#lib/schools/rules'

/** The school stands, on a host of its own: the way there, and what to do first. */
export function OpenedView({
  locale,
  request,
  schoolUrl,
}: {
  locale: string
  request: RequestView
  /** Address of the school's host, ending in a slash. */
  schoolUrl: string
}) {
  const t = translator(locale, 'siteConfirm')
  const enter = (path: string) => `${schoolUrl}sign-in?next=${encodeURIComponent(path)}`
  const step = (id: 'brand' | 'people', path: string) => ({
    ...{ id, title: t(id), body: '', href: enter(path), action: t(id), done: false },
  })
  return (
    <div className="mx-auto flex max-w-column flex-col gap-8">
      <div className="aspect-[3/1] overflow-hidden rounded-md" data-chrome>
        <CoverArt seed={request.subdomain} />
      </div>
      <div>
        <h1 className="font-reading text-36 font-medium tracking-[-0.01em] wrap-break-word">
          {t('openTitle', { school: request.schoolName })}
        </h1>
        <p className="mt-3 text-18 text-soft">
          {t('openBody', { address: hostOf(schoolUrl), email: request.email })}
        </p>
      </div>
      <section aria-labelledby="first-steps">
        <h2 id="first-steps" className="mb-3 text-18 font-semibold">
          {t('steps')}
        </h2>
        <StepsList
          label={t('steps')}
          doneLabel={t('done')}
          openLabel={t('open')}
          steps={[
            {
              ...{ id: 'opened', title: t('opened'), body: '', done: true },
              ...{ href: schoolUrl, action: t('goTo') },
            },
            {
              ...{ id: 'sign-in', title: t('signIn'), body: t('signInBody'), done: false },
              ...{ href: enter('/admin'), action: t('goTo') },
            },
            step('brand', '/admin/brand'),
            step('people', '/admin/people/invite'),
          ]}
        />
      </section>
    </div>
  )
}
