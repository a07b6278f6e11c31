import { ActionForm } from '#components/ui/action-form'
import { CheckboxGroup } from '#components/ui/checkbox-group'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { RadioGroup } from '#components/ui/radio-group'
import { Section } from '#components/ui/section'
import { TextField } from '#components/ui/text-field'
import { REPEATS, SERIES_MOST, WEEKDAYS } from '#lib/classes/contract/constants'
import { formatter, translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import { ClassFields } from './class-fields'

type Props = Readonly<{
  locale: string
  course: CourseHead
  /** IANA: the course's, or else the school's. */
  timeZone: string
  /** Of the form: a second press finds what the first one made. */
  requestKey: string
  create: FormAction
}>

/** 5 January 1970 was a Monday. */
const dayName = (locale: string, day: string): string =>
  formatter(locale, 'UTC').dateTime(new Date(Date.UTC(1970, 0, 4 + Number(day))), { weekday: 'long' })

/** Hidden while the class takes place once; the same without a script. */
const SERIES = 'flex flex-col gap-6 group-has-[[name=repeat][value=none]:checked]:hidden'

function Again({ locale }: Pick<Props, 'locale'>) {
  const t = translator(locale, 'classes.form')
  return (
    <Section id="again" title={t('repeatTitle')} description={t('repeatBody', { most: SERIES_MOST })}>
      <div className="group flex flex-col gap-6">
        <RadioGroup
          name="repeat"
          label={t('repeat')}
          defaultValue="none"
          choices={REPEATS.map((value) => ({ value, label: t(value) }))}
        />
        <div className={SERIES}>
          <TextField
            name="every"
            label={t('every')}
            help={t('everyHelp')}
            inputMode="numeric"
            maxLength={2}
            autoComplete="off"
            defaultValue="1"
          />
          <CheckboxGroup
            name="weekdays"
            label={t('weekdays')}
            help={t('weekdaysHelp')}
            optional={t('optional')}
            choices={WEEKDAYS.map((value) => ({ value, label: dayName(locale, value) }))}
          />
          <RadioGroup
            name="ends"
            label={t('ends')}
            defaultValue="times"
            choices={[
              { value: 'times', label: t('times') },
              { value: 'until', label: t('until') },
            ]}
          />
          <div className="group-has-[[name=ends][value=until]:checked]:hidden">
            <TextField
              name="times"
              label={t('timesCount')}
              optional={t('optional')}
              inputMode="numeric"
              maxLength={3}
              autoComplete="off"
              defaultValue="10"
            />
          </div>
          <div className="group-has-[[name=ends][value=times]:checked]:hidden">
            <TextField name="until" type="date" label={t('untilDay')} optional={t('optional')} />
          </div>
        </div>
      </div>
    </Section>
  )
}

/** A new class, or a series of them. */
export function NewClassPage({ locale, course, timeZone, requestKey, create }: Props) {
  const t = translator(locale, 'classes.form')
  const given = {
    ...({ title: '', platform: 'ZOOM', meetingUrl: '', at: '', duration: 60, notes: '' } as const),
  }
  return (
    <CourseFrame locale={locale} course={course} current="classes">
      <div className="mb-6 flex flex-wrap items-start justify-between gap-4">
        <div className="max-w-column">
          <h2 className="font-reading text-22 font-medium">{t('newTitle')}</h2>
          <p className="mt-1 text-soft">{t('newIntro')}</p>
        </div>
        <LinkButton href={`/teach/courses/${course.id}/classes`} look="quiet" size="small">
          {t('back')}
        </LinkButton>
      </div>
      <ActionForm
        action={create}
        submit={t('create')}
        pendingLabel={t('creating')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ courseId: course.id, key: requestKey }} />
        <div>
          <ClassFields locale={locale} timeZone={timeZone} given={given} />
          <Again locale={locale} />
        </div>
      </ActionForm>
    </CourseFrame>
  )
}
