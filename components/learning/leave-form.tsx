import { ConfirmForm } from '#components/ui/confirm-form'
import type { FormAction } from '#components/ui/form-context'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

/** The way out of a course, with what goes and what stays. */
export function LeaveForm({
  locale,
  courseId,
  leave,
}: {
  locale: string
  courseId: string
  leave: FormAction
}) {
  const t = translator(locale, 'learn.enroll')
  return (
    <ConfirmForm
      id="leave-course"
      trigger={{ label: t('leave'), look: 'risky' }}
      title={t('leaveTitle')}
      consequence={t('leaveBody')}
      action={leave}
      values={{ courseId }}
      submit={t('leaveNow')}
      pendingLabel={t('leaving')}
      cancel={translator(locale, 'admin.form')('cancel')}
      messages={formWords(locale)}
    />
  )
}
