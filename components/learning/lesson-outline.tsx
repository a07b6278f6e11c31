import { Disclosure } from '#components/ui/disclosure'
import { Icon } from '#components/ui/icon'
import { ProgressBar } from '#components/ui/progress-bar'
import type { LessonView, OutlineLesson, SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import { lockInShort } from './lock-words'

type Props = { brand: SchoolBrand; lesson: LessonView }

const ICONS = { done: 'check-circle', locked: 'lock', notDone: 'circle' } as const

function State({ locale, lesson }: { locale: string; lesson: OutlineLesson }) {
  const state = lesson.done ? 'done' : lesson.lock === null ? 'notDone' : 'locked'
  return (
    <>
      <Icon name={ICONS[state]} size={16} />
      <span className="sr-only">{translator(locale, 'learn.lesson')(state)}</span>
    </>
  )
}

function Row({
  brand,
  lesson,
  current,
  courseId,
}: {
  brand: SchoolBrand
  lesson: OutlineLesson
  current: boolean
  courseId: string
}) {
  const text = (
    <>
      <State locale={brand.locale} lesson={lesson} />
      <span>
        {lesson.title}
        {lesson.lock === null || lesson.done ? null : (
          <span className="lesson-list-lock">{lockInShort(brand, lesson.lock)}</span>
        )}
      </span>
    </>
  )
  if (!lesson.open) return <div aria-current={current ? 'page' : undefined}>{text}</div>
  return (
    <a href={`/learn/${courseId}/${lesson.id}`} aria-current={current ? 'page' : undefined}>
      {text}
    </a>
  )
}

/** The whole course beside a lesson: what is done, what comes, what isn't open yet. */
export function LessonOutline({ brand, lesson, open }: Props & { open: boolean }) {
  const t = translator(brand.locale, 'learn.lesson')
  if (lesson.outline.length === 0) return null
  const { learner } = lesson
  return (
    <nav aria-label={t('contents')} className="text-14" data-chrome>
      <Disclosure open={open} summary={<span className="font-semibold">{t('contents')}</span>}>
        {learner === null ? null : (
          <p className="mb-3 flex flex-wrap items-center gap-2 ps-2 text-soft">
            <ProgressBar value={learner.progress} max={100} />
            <span className="tabular-nums">
              {t('progress', { percent: Math.floor(learner.progress) / 100 })}
            </span>
          </p>
        )}
        <ol className="lesson-list flex flex-col gap-4">
          {lesson.outline.map((module) => (
            <li key={module.id}>
              <p>{module.title}</p>
              <ol>
                {module.lessons.map((one) => (
                  <li key={one.id}>
                    <Row
                      brand={brand}
                      lesson={one}
                      current={one.id === lesson.id}
                      courseId={lesson.courseId}
                    />
                  </li>
                ))}
              </ol>
            </li>
          ))}
        </ol>
      </Disclosure>
    </nav>
  )
}
