import 'server-only'
import type { Reader } from '#lib/db/queries/catalog'
import { type ExamFact, type Standing, tutorStanding } from '#lib/db/queries/tutor'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { examSettingsSchema } from '#lib/exams/contract/settings'
import { formatter, translator } from '#lib/i18n/translate'
import { type PlanName, questionsADay } from '#lib/plans/rules'
import { type TutorSettings, tutorSettings } from './contract'
import type { Closed } from './contract/limits'
import { closedBy, type ExamNow } from './rules/exams'

/** What the tutor has to know of a school. */
export type SchoolTerms = Readonly<{ plan: PlanName; timeZone: string; locale: string; tutor: boolean }>

export type Place = Readonly<{ courseId: string; lessonId: string; reader: NonNullable<Reader> }>

export type Allowed = Readonly<{
  standing: Standing
  settings: TutorSettings
  closed: Closed | null
  /** Questions that are left today. */
  left: number
}>

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text))

function examNow(fact: ExamFact): ExamNow {
  const { title, startDate, endDate, duration, settings, used, running, accommodations } = fact
  const { attempts } = examSettingsSchema.parse(settings)
  return {
    ...{ title, used, running },
    window: { startDate: dateOf(startDate), endDate: dateOf(endDate), duration, attempts },
    accommodations: accommodations.map((one) => ({
      ...one,
      startDate: dateOf(one.startDate),
      endDate: dateOf(one.endDate),
    })),
  }
}

function closedNow(
  standing: Standing,
  settings: TutorSettings,
  { left, school }: Readonly<{ left: number; school: SchoolTerms }>,
): Closed | null {
  const t = translator(school.locale, 'tutor.closed')
  if (!school.tutor) return { reason: 'off', text: t('school') }
  if (!settings.on) return { reason: 'off', text: t('off') }
  const exam = closedBy(standing.exams.map(examNow), standing.now, settings)
  if (exam !== null) {
    const running = standing.exams.some((one) => one.running)
    const { title, until } = exam
    if (running) return { reason: 'exam', text: t('running', { title }) }
    if (until === null) return { reason: 'exam', text: t('examOpen', { title }) }
    const day = formatter(school.locale, school.timeZone).dateTime(until, {
      dateStyle: 'medium',
      timeStyle: 'short',
    })
    return { reason: 'exam', text: t('exam', { title, until: day }) }
  }
  return left > 0 ? null : { reason: 'day', text: t('day') }
}

/**
 * Whether somebody may ask beside a lesson now, and why not. One statement.
 * @throws AppError 'not_found' for a lesson that isn't theirs to see, 'forbidden' for one that isn't open to them yet, and
 *   for a visitor of a preview
 */
export async function standingOf(
  db: TenantDb,
  { school, ...place }: Place & Readonly<{ school: SchoolTerms }>,
): Promise<Allowed> {
  const standing = await tutorStanding(db, { ...place, timeZone: school.timeZone })
  if (standing === null) throw new AppError('not_found', 'No open lesson has this id in this course.')
  if (!standing.learns) throw new AppError('forbidden', 'The tutor is for those who learn in the course.')
  if (!standing.open) throw new AppError('forbidden', 'The lesson isn’t open yet.')
  const settings = tutorSettings.parse(standing.settings)
  const left = Math.max(0, questionsADay(school.plan) - standing.askedToday)
  return { standing, settings, left, closed: closedNow(standing, settings, { left, school }) }
}
