import type { ReactNode } from 'react'
import { About } from './about'
import { ActionForm, type FormMessages } from './action-form'
import { buttonClass, type ButtonLook, type ButtonSize } from './button'
import type { FormAction } from './form-context'
import { HiddenFields } from './hidden-fields'
import { Icon, type IconName } from './icon'

type Trigger = Readonly<{
  label: string
  /** Which one it is about, where many stand below each other. For screen readers. */
  about?: string
  icon?: IconName
  look?: ButtonLook
  size?: ButtonSize
}>

function TriggerButton({ popover, trigger }: { popover: string; trigger: Trigger }) {
  return (
    <button
      type="button"
      popoverTarget={popover}
      className={buttonClass(trigger.look ?? 'risky', trigger.size)}
    >
      {trigger.icon === undefined ? null : <Icon name={trigger.icon} size={18} />}
      {trigger.label}
      <About>{trigger.about}</About>
    </button>
  )
}

/**
 * A question before something that can’t be undone: a button opens it, it says what will happen, and only its own
 * button does it. A popover, so that opening, Escape and the way back to the opener need no script.
 */
export function ConfirmForm({
  id,
  trigger,
  title,
  consequence,
  action,
  values = {},
  submit,
  submitLook = 'danger',
  pendingLabel,
  cancel,
  messages,
  children,
}: {
  /** Unique on the page. What opens it from elsewhere, such as a menu, names it. */
  id: string
  /** The button that opens it; null where something else does. */
  trigger: Trigger | null
  /** The question: “Remove Ada Lovelace?” */
  title: string
  /** What will happen, in numbers where there are any. */
  consequence: ReactNode
  action: FormAction
  /** What is sent along: which thing it is about. */
  values?: Readonly<Record<string, string>>
  submit: string
  submitLook?: ButtonLook
  pendingLabel: string
  cancel: string
  messages: FormMessages
  /** Fields, where the answer needs some: a reason, the password. */
  children?: ReactNode
}) {
  return (
    <>
      {trigger === null ? null : <TriggerButton popover={id} trigger={trigger} />}
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-consequence`}
        tabIndex={-1}
        autoFocus
        className="confirm arrive rounded-md border border-line bg-surface p-6 text-start text-16 font-normal whitespace-normal shadow-float outline-none"
      >
        <h2 id={`${id}-title`} className="text-18 font-semibold">
          {title}
        </h2>
        <div id={`${id}-consequence`} className="mt-2 mb-6 text-soft">
          {consequence}
        </div>
        <ActionForm
          action={action}
          submit={submit}
          submitLook={submitLook}
          pendingLabel={pendingLabel}
          messages={messages}
          extra={
            <button
              type="button"
              popoverTarget={id}
              popoverTargetAction="hide"
              className={buttonClass('quiet')}
            >
              {cancel}
            </button>
          }
        >
          <HiddenFields values={values} />
          {children}
        </ActionForm>
      </div>
    </>
  )
}
