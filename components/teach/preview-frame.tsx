import type { ReactNode } from 'react'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { translator } from '#lib/i18n/translate'
import type { PreviewView } from '#lib/teach/contract'

type Props = { locale: string; view: Omit<PreviewView, 'lesson'>; children: ReactNode | null }

function Bar({ locale, view }: Omit<Props, 'children'>) {
  const t = translator(locale, 'teach.preview')
  const { courseId, lessonId, previous, next } = view
  const link = (id: string | null, label: string) =>
    id === null ? null : (
      <LinkButton href={`/teach/courses/${courseId}/preview/${id}`} look="plain" size="small">
        {label}
      </LinkButton>
    )
  return (
    <nav
      aria-label={t('lessons')}
      className="mb-8 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line bg-sunken p-3"
      data-chrome
    >
      <div className="min-w-0 grow basis-64 text-14">
        <p className="font-semibold">{t('bar')}</p>
        <p className="text-soft">{t('note')}</p>
        {view.undescribed === 0 ? null : <p>{t('undescribed', { count: view.undescribed })}</p>}
      </div>
      {link(previous, t('previous'))}
      {link(next, t('next'))}
      <LinkButton href={`/teach/courses/${courseId}`} look="plain" size="small">
        {t('outline')}
      </LinkButton>
      <LinkButton href={`/teach/courses/${courseId}/lessons/${lessonId}`} look="quiet" size="small">
        {t('edit')}
      </LinkButton>
    </nav>
  )
}

/** A lesson as its learners will see it, below a bar that says that this is none of theirs. */
export function PreviewFrame({ locale, view, children }: Props) {
  const t = translator(locale, 'teach.preview')
  return (
    <>
      <Bar locale={locale} view={view} />
      {children ?? (
        <>
          <h1 className="font-reading text-36 font-medium wrap-break-word">{view.title}</h1>
          <div className="mt-6">
            <Notice tone="warn" title={t('unreadable')}>
              {t('unreadableBody')}
            </Notice>
          </div>
        </>
      )}
    </>
  )
}
