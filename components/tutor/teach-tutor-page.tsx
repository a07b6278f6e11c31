import { ActionForm } from '#components/ui/action-form'
import { CheckboxField } from '#components/ui/checkbox-field'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Notice } from '#components/ui/notice'
import { RadioGroup } from '#components/ui/radio-group'
import { Stat, StatGroup } from '#components/ui/stat'
import { TabsNav } from '#components/ui/tabs-nav'
import { TextArea } from '#components/ui/text-area'
import { translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { type AskedView, DAYS } from '#lib/tutor/contract'
import { TOPIC_MOST, TOPICS_MOST } from '#lib/tutor/contract/limits'
import { type AskedGroup, LEAST_PEOPLE } from '#lib/tutor/rules/grouping'
import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'

type Props = Readonly<{
  locale: string
  course: CourseHead
  view: AskedView
  days: (typeof DAYS)[number]
  hasModel: boolean
  /** Whether the school lets learners ask a tutor at all. */
  schoolOn: boolean
  done: boolean
  save: FormAction
}>

function Settings({ locale, course, view, hasModel, schoolOn, save }: Props) {
  const t = translator(locale, 'tutor.teach')
  const { settings, base } = view
  return (
    <section aria-labelledby="tutor-settings" className="mt-12 border-t border-line pt-8">
      <h2 id="tutor-settings" className="font-reading text-22 font-medium">
        {t('settings')}
      </h2>
      <p className="mt-2 mb-6 max-w-column text-14 text-soft">{t(hasModel ? 'model' : 'quoting')}</p>
      {schoolOn ? null : (
        <div className="mb-6">
          <Notice tone="info" title={t('schoolOffTitle')}>
            {t('schoolOff')}
          </Notice>
        </div>
      )}
      <ActionForm
        key={base}
        action={save}
        submit={t('save')}
        pendingLabel={translator(locale, 'settings')('saving')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ courseId: course.id, base }} />
        <CheckboxField name="on" label={t('on')} help={t('onHelp')} defaultChecked={settings.on} />
        <RadioGroup
          name="manner"
          label={t('manner')}
          defaultValue={settings.manner}
          choices={[
            { value: 'explain', label: t('explain'), description: t('explainHelp') },
            { value: 'hints', label: t('hints'), description: t('hintsHelp') },
            { value: 'socratic', label: t('socratic'), description: t('socraticHelp') },
          ]}
        />
        <TextArea
          name="topics"
          label={t('topics')}
          help={t('topicsHelp', { most: TOPICS_MOST })}
          optional={translator(locale, 'settings')('optional')}
          defaultValue={settings.topics.join('\n')}
          rows={3}
          maxLength={TOPICS_MOST * (TOPIC_MOST + 2)}
        />
        <CheckboxField
          name="openExams"
          label={t('openExams')}
          help={t('openExamsHelp')}
          defaultChecked={settings.openExams}
        />
      </ActionForm>
    </section>
  )
}

function groupTitle(group: AskedGroup, locale: string): string {
  const t = translator(locale, 'tutor.teach')
  const { kind, lessonTitle, heading } = group
  if (kind === 'about' && lessonTitle !== null)
    return heading === null ? lessonTitle : `${lessonTitle} › ${heading}`
  return t(kind === 'about' ? 'other' : kind)
}

function Group({ locale, course, group }: Pick<Props, 'locale' | 'course'> & { group: AskedGroup }) {
  const t = translator(locale, 'tutor.teach')
  const title = groupTitle(group, locale)
  const href =
    group.kind === 'about' && group.lessonId !== null
      ? `/teach/courses/${course.id}/lessons/${group.lessonId}`
      : null
  return (
    <li className="py-5">
      <h3 className="font-semibold wrap-break-word">
        {href === null ? (
          title
        ) : (
          <a href={href} className="text-accent-11 hover:underline">
            {title}
          </a>
        )}
      </h3>
      <p className="text-14 text-soft">{t('count', { count: group.count })}</p>
      {group.kind === 'nothing' ? <p className="mt-1 text-14 text-soft">{t('nothingBody')}</p> : null}
      {group.words.length === 0 ? null : (
        <ul className="mt-3 flex flex-col gap-2">
          {group.words.map((text, index) => (
            <li
              key={index}
              dir="auto"
              className="border-s-2 border-line ps-3 whitespace-pre-line wrap-break-word"
            >
              {text}
            </li>
          ))}
          {group.more === 0 ? null : (
            <li className="ps-3 text-14 text-soft">{t('more', { count: group.more })}</li>
          )}
        </ul>
      )}
    </li>
  )
}

function Asked({ locale, course, view, days }: Props) {
  const t = translator(locale, 'tutor.teach')
  const few = t('fewPeople', { least: LEAST_PEOPLE })
  return (
    <section aria-labelledby="tutor-asked">
      <h2 id="tutor-asked" className="font-reading text-22 font-medium">
        {t('asked')}
      </h2>
      <p className="mt-2 max-w-column text-14 text-soft">{t('names')}</p>
      <div className="mt-2">
        <TabsNav
          label={t('days')}
          tabs={DAYS.map((one) => ({
            href: `/teach/courses/${course.id}/tutor?days=${one}`,
            label: t(`days${one}`),
            current: one === days,
          }))}
        />
      </div>
      {view.questions === 0 ? (
        <EmptyState title={t('noneTitle')} body={t('noneBody')} seed={course.id} />
      ) : (
        <>
          <div className="my-8">
            <StatGroup>
              <Stat label={t('questions')} value={String(view.questions)} />
              <Stat label={t('people')} value={view.people === null ? few : String(view.people)} />
              <Stat label={t('unanswered')} value={String(view.nothing)} />
            </StatGroup>
          </div>
          {view.words ? null : (
            <Notice tone="info" title={t('fewTitle')}>
              {t('fewBody', { least: LEAST_PEOPLE })}
            </Notice>
          )}
          <ul className="flex max-w-column flex-col divide-y divide-line">
            {view.groups.map((group, index) => (
              <Group key={index} locale={locale} course={course} group={group} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** What a course's learners ask its tutor, without names, and how it helps them. */
export function TeachTutorPage(props: Props) {
  const { locale, course, done } = props
  const t = translator(locale, 'tutor.teach')
  return (
    <CourseFrame locale={locale} course={course} current="tutor" done={done ? t('saved') : null}>
      <Asked {...props} />
      <Settings {...props} />
    </CourseFrame>
  )
}
