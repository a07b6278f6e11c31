import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { ProgressBar } from '#components/ui/progress-bar'
import { TextField } from '#components/ui/text-field'
import type { CourseOutline, OutlineLesson, SchoolBrand } from '#lib/catalog/contract'
import { formatter, translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

/** Whoever looks at the page: nobody signed in, somebody who may enroll by themselves, or somebody who may not. */
export type CourseReader = 'visitor' | 'learner' | 'other'

type Props = { brand: SchoolBrand; course: CourseOutline; reader: CourseReader; enroll: FormAction }

function EnrollForm({ brand, course, enroll }: Omit<Props, 'reader'>) {
  const t = translator(brand.locale, 'learn.enroll')
  return (
    <ActionForm
      action={enroll}
      submit={t('enroll')}
      pendingLabel={t('enrolling')}
      messages={formWords(brand.locale)}
      layout={course.enrollment === 'KEY' ? 'inline' : 'stack'}
      extra={course.enrollment === 'KEY' ? null : <span className="text-14 text-soft">{t('free')}</span>}
    >
      <HiddenFields values={{ courseId: course.id }} />
      {course.enrollment === 'KEY' ? (
        <TextField
          name="key"
          label={t('key')}
          help={t('keyHelp')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
        />
      ) : null}
    </ActionForm>
  )
}

function Progress({
  brand,
  enrolled,
}: {
  brand: SchoolBrand
  enrolled: NonNullable<CourseOutline['enrolled']>
}) {
  const t = translator(brand.locale, 'learn.enroll')
  const { progress, completedAt } = enrolled
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-14 text-soft">
      <span className="sr-only">{t('progress')}</span>
      <ProgressBar value={progress} max={100} />
      <span className="tabular-nums">{t('percent', { percent: Math.floor(progress) / 100 })}</span>
      {completedAt === null ? null : (
        <span className="flex items-center gap-1 text-good">
          <Icon name="check-circle" size={16} />
          {t('completedOn', {
            date: formatter(brand.locale, brand.timeZone).dateTime(completedAt, { dateStyle: 'long' }),
          })}
        </span>
      )}
    </p>
  )
}

/** The way to the certificate of a completed course; to all of them where this one was taken back. */
function Certificate({
  brand,
  enrolled: { completedAt, certificateCode },
}: {
  brand: SchoolBrand
  enrolled: NonNullable<CourseOutline['enrolled']>
}) {
  if (completedAt === null) return null
  return (
    <LinkButton href={`/certificates${certificateCode === null ? '' : `/${certificateCode}`}`} look="quiet">
      {translator(brand.locale, 'learn.enroll')('certificate')}
    </LinkButton>
  )
}

/** The way to one's grades, once there is anything to be graded. */
function OwnGrades({ brand, course }: Pick<Props, 'brand' | 'course'>) {
  if (course.enrolled === null || course.graded === 0) return null
  return (
    <LinkButton href={`/courses/${course.id}/grades`} look="quiet">
      {translator(brand.locale, 'grades.own')('title')}
    </LinkButton>
  )
}

/** The way to the leaderboard, where the course has one. */
function Board({ brand, course }: Pick<Props, 'brand' | 'course'>) {
  if (course.enrolled?.leaderboard !== true) return null
  return (
    <LinkButton href={`/courses/${course.id}/leaderboard`} look="quiet">
      {translator(brand.locale, 'leaderboard')('title')}
    </LinkButton>
  )
}

/** The way to what is announced to those who learn here. */
function Announced({ brand, course }: Pick<Props, 'brand' | 'course'>) {
  if (course.enrolled === null) return null
  return (
    <LinkButton href={`/courses/${course.id}/announcements`} look="quiet">
      {translator(brand.locale, 'announcements')('title')}
    </LinkButton>
  )
}

/** What the way on is called: to begin, to go on, or to look again. */
function labelOf(brand: SchoolBrand, course: CourseOutline, open: readonly OutlineLesson[]): string {
  const t = translator(brand.locale, 'learn.enroll')
  if (course.enrolled === null) return translator(brand.locale, 'course')('firstLesson')
  const next = open.find((lesson) => !lesson.done)
  if (course.enrolled.completedAt !== null || next === undefined) return t('again')
  return open.some((lesson) => lesson.done) ? t('continue', { title: next.title }) : t('start')
}

/** The way on for somebody who may open the lessons. */
function Onward({ brand, course }: { brand: SchoolBrand; course: CourseOutline }) {
  const t = translator(brand.locale, 'learn.enroll')
  const open = course.modules.flatMap((module) => module.lessons).filter((lesson) => lesson.open)
  const next = open.find((lesson) => !lesson.done)
  const first = open[0]
  const waiting = course.enrolled?.completedAt === null && first !== undefined && next === undefined
  return (
    <div className="flex flex-col gap-4">
      {course.enrolled === null ? null : <Progress brand={brand} enrolled={course.enrolled} />}
      {waiting ? <p className="text-soft">{t('waiting')}</p> : null}
      <div className="flex flex-wrap gap-3">
        {first === undefined ? null : (
          <LinkButton href={`/learn/${course.id}/${(next ?? first).id}`}>
            <span className="wrap-anywhere">{labelOf(brand, course, open)}</span>
            <Icon name="arrow" size={18} />
          </LinkButton>
        )}
        {course.enrolled === null ? null : <Certificate brand={brand} enrolled={course.enrolled} />}
        <OwnGrades brand={brand} course={course} />
        <Board brand={brand} course={course} />
        <Announced brand={brand} course={course} />
        {course.inCharge ? (
          <LinkButton href={`/teach/courses/${course.id}`} look="quiet">
            <Icon name="pencil" size={18} />
            {t('teach')}
          </LinkButton>
        ) : null}
      </div>
    </div>
  )
}

/** What somebody can do about a course that they are not in. */
function WayIn({ brand, course, reader, enroll }: Props) {
  const t = translator(brand.locale, 'learn.enroll')
  const { enrollment, full, instructorName } = course
  if (enrollment === 'INVITED') {
    return (
      <Notice tone="info" title={t('invited')}>
        {t('invitedBody', { instructor: instructorName })}
      </Notice>
    )
  }
  if (full) {
    return (
      <Notice tone="info" title={t('fullTitle')}>
        {t('full')}
      </Notice>
    )
  }
  if (reader === 'other') return <p className="text-soft">{t('notYours')}</p>
  if (reader === 'learner') return <EnrollForm brand={brand} course={course} enroll={enroll} />
  return (
    <LinkButton href={`/sign-in?next=${encodeURIComponent(`/courses/${course.id}`)}`}>
      {t('signIn')}
    </LinkButton>
  )
}

/** The one thing to do on a course's page: enroll, or go on where one was. */
export function EnrollPanel(props: Props) {
  const { brand, course } = props
  if (course.opened) return <Onward brand={brand} course={course} />
  const preview = course.modules.flatMap((module) => module.lessons).find((lesson) => lesson.open)
  return (
    <div className="flex flex-col items-start gap-4">
      <WayIn {...props} />
      {preview === undefined ? null : (
        <LinkButton href={`/learn/${course.id}/${preview.id}`} look="quiet">
          {translator(brand.locale, 'course')('previewFirst')}
        </LinkButton>
      )}
    </div>
  )
}
