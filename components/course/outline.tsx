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
  return (
    <>
      {lesson.done ? (
        <Icon name="check-circle" size={18} className="mt-[3px] text-good" />
      ) : (
        <Icon
          name={lesson.lock !== null && enrolled ? 'lock' : kind}
          size={18}
          className="mt-[3px] text-soft"
        />
      )}
      <span className={`min-w-0 flex-1 wrap-break-word ${lesson.open ? 'group-hover/row:underline' : ''}`}>
        {lesson.title}
        <span className="sr-only">
          , {lesson.hasVideo ? t('video') : t('reading')}
          {lesson.done ? `, ${translator(locale, 'learn.lesson')('done')}` : ''}
        </span>
        {lesson.lock === null || !enrolled ? null : (
          <span className="block text-14 text-soft">{lockInShort(brand, lesson.lock)}</span>
        )}
      </span>
      {lesson.preview ? <Badge>{t('preview')}</Badge> : null}
      {lesson.durationSeconds === null ? null : (
        <span className="w-full ps-[30px] text-14 text-soft tabular-nums sm:w-32 sm:shrink-0 sm:ps-0 sm:text-end">
          {durationInWords(locale, lesson.durationSeconds)}
        </span>
      )}
    </>
  )
}

function LessonRow({ courseId, ...given }: LessonProps) {
  const { lesson } = given
  const row = 'flex min-h-11 flex-wrap items-start gap-x-3 py-3 ps-[30px] sm:flex-nowrap'
  if (!lesson.open) {
    return (
      <div className={row}>
        <LessonText {...given} />
      </div>
    )
  }
  return (
    <a
      href={`/learn/${courseId}/${lesson.id}`}
      className={`${row} group/row rounded-sm text-accent-11 hover:bg-accent-2`}
    >
      <LessonText {...given} />
    </a>
  )
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
    <span className="flex min-w-0 grow flex-wrap items-baseline justify-between gap-x-4">
      <span className="min-w-0">
        <span className="me-2 text-14 text-soft tabular-nums">{t('modulePart', { number })}</span>
        <h3 className="inline font-reading text-18 font-semibold wrap-break-word">{module.title}</h3>
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
              <ol className="pb-4">
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
