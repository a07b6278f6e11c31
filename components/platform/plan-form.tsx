import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { RadioGroup } from '#components/ui/radio-group'
import { TextField } from '#components/ui/text-field'
import { formatter, translator } from '#lib/i18n/translate'
import { limitsOf, type PlanName } from '#lib/plans/rules'
import type { SchoolDetail } from '#lib/schools/contract'
import { PLAN_NAMES, REASON_MAX, usageLines } from '#lib/schools/rules'
import { amountInWords, consoleWords, type Reader } from './words'

/** Why something is done to a school. It goes into the platform's log. */
export function ReasonField({ locale }: { locale: string }) {
  const t = translator(locale, 'platformSchool')
  return (
    <TextField
      name="reason"
      label={t('reason')}
      help={t('reasonHelp')}
      maxLength={REASON_MAX}
      autoComplete="off"
    />
  )
}

/** What a plan allows, and what of this school is more than that. */
function planInWords(reader: Reader, plan: PlanName, school: SchoolDetail): string {
  const t = translator(reader.locale, 'platformSchool')
  const { people, courses, storageBytes } = limitsOf(plan)
  const unlimited = people === null || courses === null || storageBytes === null
  const allows = unlimited
    ? t('planUnlimited')
    : t('planLimits', { people, courses, storage: amountInWords(reader, 'storageBytes', storageBytes) })
  const over = usageLines(plan, school.numbers).filter((line) => line.over)
  if (over.length === 0) return allows
  const parts = over.map(({ kind, used }) => t('tooMany', { kind, used: amountInWords(reader, kind, used) }))
  const what = formatter(reader.locale, reader.timeZone).list(parts)
  return `${allows} ${t('tooSmall', { what })}`
}

/** Puts a school on another plan; a smaller one than it fills says what that means before it is chosen. */
export function PlanForm({
  reader,
  school,
  action,
}: {
  reader: Reader
  school: SchoolDetail
  action: FormAction
}) {
  const t = translator(reader.locale, 'platformSchool')
  const p = translator(reader.locale, 'platform')
  return (
    <ActionForm
      action={action}
      submit={t('changePlan')}
      submitLook="quiet"
      pendingLabel={t('changing')}
      messages={consoleWords(reader.locale)}
    >
      <HiddenFields values={{ schoolId: school.id, seen: school.plan }} />
      <RadioGroup
        name="plan"
        label={t('choosePlan')}
        defaultValue={school.plan}
        choices={PLAN_NAMES.map((plan) => ({
          value: plan,
          label: plan === school.plan ? t('planNow', { plan: p(`plans.${plan}`) }) : p(`plans.${plan}`),
          description: planInWords(reader, plan, school),
        }))}
      />
      <ReasonField locale={reader.locale} />
    </ActionForm>
  )
}
