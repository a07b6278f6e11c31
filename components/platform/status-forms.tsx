import { ConfirmForm } from '#components/ui/confirm-form'
import type { FormAction } from '#components/ui/form-context'
import { translator } from '#lib/i18n/translate'
import type { SchoolDetail } from '#lib/schools/contract'
import { NEXT_STATUSES, type SchoolStatus } from '#lib/schools/rules'
import { ReasonField } from './plan-form'
import { consoleWords, type Reader } from './words'

/** The verb for going from one status to another. */
function verbOf(from: SchoolStatus, to: SchoolStatus): 'suspend' | 'close' | 'resume' | 'reopen' {
  if (to === 'SUSPENDED') return 'suspend'
  if (to === 'INACTIVE') return 'close'
  return from === 'INACTIVE' ? 'reopen' : 'resume'
}

/** What can be done with a school from where it stands. Each asks first, says what will happen, and wants a reason. */
export function StatusForms({
  reader,
  school,
  action,
}: {
  reader: Reader
  school: SchoolDetail
  action: FormAction
}) {
  const t = translator(reader.locale, 'platformSchool')
  const { people, courses, enrollments } = school.numbers
  return (
    <div className="flex flex-wrap gap-3">
      {NEXT_STATUSES[school.status].map((status) => {
        const verb = verbOf(school.status, status)
        const opens = status === 'ACTIVE'
        return (
          <ConfirmForm
            key={status}
            id={`${verb}-school`}
            trigger={{ label: t(verb), look: opens ? 'quiet' : 'risky' }}
            title={t(`${verb}Title`, { school: school.name })}
            consequence={t(`${verb}Body`, { people, courses, enrollments })}
            action={action}
            values={{ schoolId: school.id, seen: school.status, status }}
            submit={t(verb)}
            submitLook={opens ? 'primary' : 'danger'}
            pendingLabel={t('changing')}
            cancel={t('cancel')}
            messages={consoleWords(reader.locale)}
          >
            <ReasonField locale={reader.locale} />
          </ConfirmForm>
        )
      })}
    </div>
  )
}
