import { momentIn } from '../exam/when'
import { Icon } from '#components/ui/icon'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import type { CourseAssignment } from '#lib/assignments/contract'
import { translator } from '#lib/i18n/translate'

const TONES = {
  ...({ open: 'info', late: 'warn', closed: 'neutral' } as const),
  ...({ 'used-up': 'neutral', 'handed-in': 'neutral', graded: 'good' } as const),
} as const satisfies Record<CourseAssignment['state'], Tone>

/** A course's assignments for somebody who is enrolled, each with how it stands with them. */
export function AssignmentList({
  locale,
  timeZone,
  assignments,
}: Readonly<{ locale: string; timeZone: string; assignments: readonly CourseAssignment[] }>) {
  const t = translator(locale, 'assignment')
  if (assignments.length === 0) return null
  return (
    <section aria-labelledby="assignments" className="mt-12">
      <h2 id="assignments" className="font-reading text-22 font-medium">
        {t('list')}
      </h2>
      <ul className="mt-4 divide-y divide-line border-y border-line">
        {assignments.map(({ id, title, dueAt, points, state }) => (
          <li key={id} className="relative flex gap-3 py-3 hover:bg-sunken/60">
            <Icon name="assignment" size={18} className="mt-1 text-soft" />
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <a
                  href={`/assignments/${id}`}
                  className="min-w-0 font-medium underline decoration-line underline-offset-4 after:absolute after:inset-0 hover:decoration-current"
                >
                  {title}
                </a>
                <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>
              </p>
              <p className="text-14 text-soft">
                {dueAt === null
                  ? t('listFacts', { points: Number(points) })
                  : t('listDue', { points: Number(points), when: momentIn(locale, timeZone, dueAt) })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
