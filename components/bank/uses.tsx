import type { Use } from '#lib/bank/contract'
import { translator } from '#lib/i18n/translate'

/** The exams that ask a question; those that one may edit as links. */
export function Uses({ locale, uses }: { locale: string; uses: readonly Use[] }) {
  const t = translator(locale, 'bank.question')
  return (
    <ul className="text-14">
      {uses.map(({ examId, title, courseId }) => (
        <li key={examId} className="wrap-anywhere">
          {courseId === null ? (
            <span className="block py-2 text-soft">{t('notYours', { title })}</span>
          ) : (
            <a
              href={`/teach/courses/${courseId}/exams/${examId}`}
              className="inline-flex min-h-11 items-center underline underline-offset-2"
            >
              {title}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
