import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { RadioGroup } from '#components/ui/radio-group'
import { Section } from '#components/ui/section'
import { TextField } from '#components/ui/text-field'
import type { ClassDone, TaughtClass } from '#lib/classes/contract'
import { LINK_MAX, SCOPES } from '#lib/classes/contract/constants'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import { ClassFields } from './class-fields'
import { classTime, ownClassTime } from './when'

type Props = Readonly<{
  locale: string
  view: TaughtClass
  /** IANA: the reader's. */
  ownZone: string
  done: ClassDone | undefined
  actions: Readonly<Record<'change' | 'cancel' | 'restore' | 'record', FormAction>>
}>

const whichOf = ({ course, id }: TaughtClass) => ({ courseId: course.id, classId: id })

/** Which of its series is meant; nothing for a class that stands alone. */
function ScopeField({ locale, view }: Pick<Props, 'locale' | 'view'>) {
  const t = translator(locale, 'classes.edit')
  const { series } = view
  if (series === null || series.all < 2) return null
  const counts = { this: 1, following: series.following, all: series.all }
  return (
    <RadioGroup
      name="scope"
      label={t('scope')}
      help={t('scopeHelp')}
      defaultValue="this"
      choices={SCOPES.map((value) => ({
        value,
        label: t(value),
        description: t('counted', { count: counts[value] }),
      }))}
    />
  )
}

function Facts({ locale, view, ownZone, actions }: Props) {
  const t = translator(locale, 'classes.form')
  const { series } = view
  return (
    <ActionForm
      action={actions.change}
      submit={t('save')}
      pendingLabel={t('saving')}
      messages={formWords(locale)}
    >
      <HiddenFields values={{ ...whichOf(view), seen: view.seen }} />
      <div>
        <ClassFields
          locale={locale}
          timeZone={view.timeZone}
          given={view}
          own={ownClassTime(locale, view.timeZone, ownZone, view.scheduledAt)}
        />
        {series === null || series.all < 2 ? null : (
          <Section id="scope" title={translator(locale, 'classes.edit')('scopeTitle')}>
            <ScopeField locale={locale} view={view} />
          </Section>
        )}
      </div>
    </ActionForm>
  )
}

function Recording({ locale, view, actions }: Props) {
  const t = translator(locale, 'classes.edit')
  return (
    <Section id="recording" title={t('recording')} description={t('recordingBody')}>
      <ActionForm
        action={actions.record}
        submit={t('recordingSave')}
        submitLook="quiet"
        pendingLabel={translator(locale, 'classes.form')('saving')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ ...whichOf(view), seen: view.seen }} />
        <TextField
          name="recordingUrl"
          type="url"
          label={t('recordingUrl')}
          optional={translator(locale, 'classes.form')('optional')}
          defaultValue={view.recordingUrl}
          maxLength={LINK_MAX}
          autoComplete="off"
        />
      </ActionForm>
    </Section>
  )
}

function Cancel({ locale, view, actions }: Props) {
  const t = translator(locale, 'classes.edit')
  return (
    <Section id="cancel" title={t('cancelTitle')} description={t('cancelBody')}>
      <ConfirmForm
        id="cancel-class"
        trigger={{ label: t('cancel') }}
        title={t('cancelAsk', { title: view.title })}
        consequence={t('cancelGone')}
        action={actions.cancel}
        values={{ ...whichOf(view), seen: view.seen }}
        submit={t('cancel')}
        pendingLabel={translator(locale, 'teach.form')('pending')}
        cancel={t('keep')}
        messages={formWords(locale)}
      >
        <ScopeField locale={locale} view={view} />
      </ConfirmForm>
    </Section>
  )
}

function Cancelled({ locale, view, actions }: Props) {
  const t = translator(locale, 'classes.edit')
  return (
    <div className="mb-8">
      <Notice
        tone="warn"
        title={t('cancelledTitle')}
        action={
          <ActionForm
            action={actions.restore}
            submit={t('bringBack')}
            submitLook="quiet"
            pendingLabel={translator(locale, 'teach.form')('pending')}
            messages={formWords(locale)}
          >
            <HiddenFields values={whichOf(view)} />
          </ActionForm>
        }
      >
        {t('cancelledBody')}
      </Notice>
    </div>
  )
}

/** One class for those who teach it: what, where, when, its recording, and whether it takes place. */
export function TaughtClassPage(props: Props) {
  const { locale, view, done } = props
  const t = translator(locale, 'classes.edit')
  const list = `/teach/courses/${view.course.id}/classes`
  return (
    <CourseFrame
      locale={locale}
      course={view.course}
      current="classes"
      done={done === undefined ? null : t(done)}
    >
      <div className="mb-6 flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h2 className="font-reading text-22 font-medium wrap-anywhere">{view.title}</h2>
          <p className="mt-1 text-soft">{classTime(locale, view.timeZone, view.scheduledAt)}</p>
        </div>
        <div className="flex flex-wrap gap-3">
          <LinkButton href={`${list}/${view.id}/attendance`} look="quiet" size="small">
            {t('attendance')}
          </LinkButton>
          <LinkButton href={`/classes/${view.id}`} look="quiet" size="small">
            {translator(locale, 'teach')('asStudent')}
          </LinkButton>
          <LinkButton href={list} look="quiet" size="small">
            {translator(locale, 'classes.form')('back')}
          </LinkButton>
        </div>
      </div>
      {view.cancelled ? <Cancelled {...props} /> : <Facts {...props} />}
      <div className="mt-10">
        <Recording {...props} />
        {view.cancelled ? null : <Cancel {...props} />}
      </div>
    </CourseFrame>
  )
}
