import type { NoteActions } from '../notes/contract'
import { LessonNotes } from '#components/notes/lesson-notes'
import { Tutor } from '#components/tutor/tutor'
import { tutorWords } from '../tutor/tutor-words'
import { LessonKeys } from '#components/player/lesson-keys'
import { LessonVisit } from '#components/player/lesson-visit'
import type { LessonRef } from '../player/outbox'
import { LessonOutline } from '#components/learning/lesson-outline'
import { LockedLesson } from '#components/learning/locked-lesson'
import { MarkForm } from '#components/learning/mark-form'
import { CourseDone } from '#components/player/course-done'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { Disclosure } from '#components/ui/disclosure'
import type { FormAction } from '#components/ui/form-context'
import { Icon } from '#components/ui/icon'
import { ProgressBar } from '#components/ui/progress-bar'
import type { LessonView, SchoolBrand } from '#lib/catalog/contract'
import { durationInWords } from '#lib/i18n/duration'
import { translator } from '#lib/i18n/translate'
import type { NoteView } from '#lib/notes/contract'
import { DocumentView } from './document-view'
import { headingIds, inlineText, type HeadingIds } from './heading-ids'
import { Neighbours } from './neighbours'
import { Video } from './video'

/** The lesson's own headings. A short lesson needs no map. */
function OnThisPage({ label, ids, open }: { label: string; ids: HeadingIds; open: boolean }) {
  const headings = [...ids].filter(([heading]) => heading.attrs.level < 4)
  if (headings.length < 2) return null
  return (
    <nav aria-label={label} className="text-14 lg:sticky lg:top-20" data-chrome>
      <Disclosure open={open} summary={<span className="font-semibold">{label}</span>}>
        <ol className="page-map ps-[30px]">
          {headings.map(([heading, id]) => (
            <li key={id} className={heading.attrs.level === 3 ? 'ps-4' : ''}>
              <a href={`#${id}`}>{inlineText(heading.content)}</a>
            </li>
          ))}
        </ol>
      </Disclosure>
    </nav>
  )
}

type HeadProps = { brand: SchoolBrand; lesson: LessonView; courseHref: string }

function Head({ brand, lesson, courseHref }: HeadProps) {
  const t = translator(brand.locale, 'lesson')
  const position = t('position', { position: lesson.position, total: lesson.total })
  return (
    <header>
      <Breadcrumbs
        label={translator(brand.locale, 'course')('breadcrumb')}
        crumbs={[
          { label: translator(brand.locale, 'shell')('courses'), href: '/courses' },
          { label: lesson.courseTitle, href: courseHref },
        ]}
      />
      <p className="mt-6 text-14 text-soft">{lesson.moduleTitle}</p>
      <h1 className="mt-1 font-reading text-36 font-medium tracking-[-0.01em] wrap-break-word">
        {lesson.title}
      </h1>
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-14 text-soft">
        {lesson.learner === null ? <ProgressBar value={lesson.position} max={lesson.total} /> : null}
        <span className="tabular-nums">{position}</span>
        {lesson.durationSeconds === null ? null : (
          <span>{durationInWords(brand.locale, lesson.durationSeconds)}</span>
        )}
      </div>
    </header>
  )
}

/** The lesson as the learner's own pages know it; null for somebody whose progress nobody keeps. */
function refOf(lesson: LessonView, readerId: string | null): LessonRef | null {
  if (readerId === null || lesson.learner === null) return null
  const { courseId, id: lessonId } = lesson
  return { userId: readerId, courseId, lessonId, position: lesson.learner.resumeAt }
}

type Props = {
  brand: SchoolBrand
  lesson: LessonView
  /** Who reads; null for a visitor. */
  readerId: string | null
  /** The reader's own notes; null for a visitor. */
  notes: Readonly<{ list: readonly NoteView[]; actions: NoteActions }> | null
  /** The tutor beside it, and whether a language model answers there; null where there is none. */
  tutor?: Readonly<{ hasModel: boolean }> | null
  /** The address of a stored file, from its storage key. */
  fileUrl: (key: string, name?: string) => string
  /** Takes the learner's word that the lesson is done. */
  mark: FormAction
  /** The way back to the course, where that isn't its page in the catalogue: a draft has none. */
  courseHref?: string
}

/** What the lesson says: its film, its map and its text. */
function Body({
  brand,
  lesson,
  readerId,
  notes,
  tutor = null,
  ids,
  fileUrl,
}: Omit<Props, 'mark' | 'courseHref'> & { ids: HeadingIds }) {
  const t = translator(brand.locale, 'lesson')
  const ref = refOf(lesson, readerId)
  return (
    <>
      <LessonKeys />
      {ref === null ? null : <LessonVisit lesson={ref} viewed={lesson.learner?.done === true} />}
      {lesson.lock === null ? null : (
        <p className="mt-6 flex gap-2 text-14 text-soft">
          <Icon name="lock" size={16} className="mt-0.5" />
          {translator(brand.locale, 'learn.lesson')('inCharge')}
        </p>
      )}
      {lesson.video === null ? null : (
        <div className="mt-8">
          <Video locale={brand.locale} title={lesson.title} video={lesson.video} lesson={ref} />
        </div>
      )}
      <div className="mt-8 lg:hidden">
        <OnThisPage label={t('onThisPage')} ids={ids} open={false} />
      </div>
      {notes === null || readerId === null ? null : (
        <div className="mt-8 flex flex-wrap items-center gap-3">
          {tutor === null ? null : (
            <Tutor
              of={{
                ...{ courseId: lesson.courseId, lessonId: lesson.id, readerId },
                words: tutorWords(brand.locale, tutor.hasModel),
              }}
            />
          )}
          <LessonNotes
            locale={brand.locale}
            lesson={lesson}
            readerId={readerId}
            notes={notes.list}
            actions={notes.actions}
          />
        </div>
      )}
      {lesson.document === null ? null : (
        <div className="mt-8">
          <DocumentView document={lesson.document} ids={ids} locale={brand.locale} fileUrl={fileUrl} />
        </div>
      )}
    </>
  )
}

function doneWords(locale: string) {
  const t = translator(locale, 'learn.lesson')
  return { title: t('courseDone'), link: t('courseDoneLink') }
}

/** A lesson, set like a page of a book: its place in the course, the film, the text, and the way on. */
export function LessonPage({ brand, lesson, readerId, notes, tutor, fileUrl, mark, courseHref }: Props) {
  const t = translator(brand.locale, 'lesson')
  const ids = lesson.document === null ? new Map() : headingIds(lesson.document)
  const { courseId, document, lock } = lesson
  const course = courseHref ?? `/courses/${courseId}`
  return (
    <div
      data-lesson
      className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,13rem)_minmax(0,42rem)_minmax(0,1fr)]"
    >
      <div className="lg:col-start-1 lg:row-start-1">
        <div className="hidden lg:sticky lg:top-20 lg:block lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto">
          <LessonOutline brand={brand} lesson={lesson} open />
        </div>
        <div className="lg:hidden">
          <LessonOutline brand={brand} lesson={lesson} open={false} />
        </div>
      </div>
      <article className="mx-auto w-full max-w-column lg:col-start-2 lg:row-start-1">
        <Head brand={brand} lesson={lesson} courseHref={course} />
        {document === null && lock !== null ? (
          <LockedLesson brand={brand} courseId={courseId} courseHref={course} lock={lock} />
        ) : (
          <Body {...{ brand, lesson, readerId, notes, ids, fileUrl }} tutor={tutor ?? null} />
        )}
        {lesson.learner === null || document === null ? null : (
          <CourseDone courseId={courseId} words={doneWords(brand.locale)} />
        )}
        {document === null ? null : <MarkForm locale={brand.locale} lesson={lesson} mark={mark} />}
        <Neighbours locale={brand.locale} courseId={courseId} previous={lesson.previous} next={lesson.next} />
      </article>
      <div className="hidden lg:col-start-3 lg:row-start-1 lg:block">
        <OnThisPage label={t('onThisPage')} ids={ids} open />
      </div>
    </div>
  )
}
