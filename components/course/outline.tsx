import { Badge } from '#components/ui/badge'
import { Disclosure } from '#components/ui/disclosure'
import { Icon } from '#components/ui/icon'
import { lockInShort } from '../learning/lock-words'
import type { OutlineLesson, OutlineModule, SchoolBrand } from '#lib/catalog/contract'
import { durationInWords } from '#lib/i18n/duration'
import { translator } from '#lib/i18n/translate'

type LessonProps = { brand: SchoolBrand; courseId: string; lesson: OutlineLesson; enrolled: boolean }

function LessonText({ brand, lesson, enrolled }: Omit<LessonProps, 'courseId'>) {
  const { locale } = brand
  const t = translator(locale, 'course')
  const kind = lesson.hasVideo ? 'play' : 'reading'
  const waits = enrolled ? lesson.lock : null
  const done = lesson.done ? `, ${translator(locale, 'learn.lesson')('done')}` : ''
  return (
    <>
      <Icon name={lesson.done ? 'check-circle' : waits === null ? kind : 'lock'} size={18} />
      <span className="lesson-title">
        {lesson.title}
        <span className="sr-only">{`, ${t(lesson.hasVideo ? 'video' : 'reading')}${done}`}</span>
        {waits === null ? null : <span className="lesson-lock">{lockInShort(brand, waits)}</span>}
      </span>
      {lesson.preview ? <Badge>{t('preview')}</Badge> : null}
      {lesson.durationSeconds === null ? null : (
        <span className="lesson-time">{durationInWords(locale, lesson.durationSeconds)}</span>
      )}
    </>
  )
}

function LessonRow({ courseId, ...given }: LessonProps) {
  const text = <LessonText {...given} />
  if (!given.lesson.open) return <div>{text}</div>
  return <a href={`/learn/${courseId}/${given.lesson.id}`}>{text}</a>
}

function ModuleSummary({
  locale,
  module,
  number,
}: {
  locale: string
  module: OutlineModule
  number: number
}) {
  const t = translator(locale, 'course')
  const lessons = translator(locale, 'counts')('lessons', { count: module.lessons.length })
  const meta =
    module.durationSeconds > 0
      ? t('moduleMeta', { lessons, duration: durationInWords(locale, module.durationSeconds) })
      : lessons
  return (
    <span className="module">
      <span className="min-w-0">
        <span className="module-number">{t('modulePart', { number })}</span>
        <h3>{module.title}</h3>
      </span>
      <span className="text-14 text-soft">{meta}</span>
    </span>
  )
}

/** What a course covers: modules that open in place, the first already open; what is open is a link, the rest plain. */
export function Outline({
  brand,
  courseId,
  modules,
  opened,
}: {
  brand: SchoolBrand
  courseId: string
  modules: readonly OutlineModule[]
  /** Whether the reader may open the course's lessons, as far as they are open by now. */
  opened: boolean
}) {
  const { locale } = brand
  const t = translator(locale, 'course')
  const lessons = modules.flatMap((module) => module.lessons)
  const open = lessons.filter((lesson) => lesson.open).length
  const locked = open === 0 ? t('lockedAll') : t('locked')
  return (
    <section aria-labelledby="outline">
      <h2 id="outline" className="font-reading text-22 font-medium">
        {t('outline')}
      </h2>
      {lessons.length > open && !opened ? (
        <p className="mt-2 flex items-center gap-2 text-14 text-soft">
          <Icon name="lock" size={16} />
          {locked}
        </p>
      ) : null}
      {modules.length === 0 ? <p className="mt-2 text-soft">{t('outlineEmptyBody')}</p> : null}
      <ol className="mt-4 divide-y divide-line border-y border-line">
        {modules.map((module, index) => (
          <li key={module.id}>
            <Disclosure
              open={index === 0}
              summary={<ModuleSummary locale={locale} module={module} number={index + 1} />}
            >
              <ol className="lessons pb-4">
                {module.lessons.map((lesson) => (
                  <li key={lesson.id}>
                    <LessonRow brand={brand} courseId={courseId} lesson={lesson} enrolled={opened} />
                  </li>
                ))}
              </ol>
            </Disclosure>
          </li>
        ))}
      </ol>
    </section>
  )
}
