import { Icon } from './icon'
import { LinkButton } from './link-button'

type Step = Readonly<{
  id: string
  title: string
  /** Why, or what it takes. Read only of the step that is next. */
  body: string
  href: string
  /** The words of its link: “Invite teachers”. */
  action: string
  done: boolean
}>

function StepItem({ step, next, state }: { step: Step; next: boolean; state: string }) {
  return (
    <li className={`flex gap-3 py-3 ${next ? 'sm:py-5' : ''}`}>
      <Icon
        name={step.done ? 'check-circle' : 'circle'}
        size={22}
        className={step.done ? 'text-good' : next ? 'text-accent-9' : 'text-edge'}
      />
      <div className="min-w-0">
        <p className={next ? 'font-semibold' : ''}>
          {next ? (
            step.title
          ) : (
            <a
              href={step.href}
              className={`-my-2.5 inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-current ${step.done ? 'text-soft' : ''}`}
            >
              {step.title}
            </a>
          )}
          <span className="sr-only">, {state}</span>
        </p>
        {next ? (
          <>
            <p className="mt-1 mb-4 max-w-note text-14 text-soft">{step.body}</p>
            <LinkButton href={step.href}>{step.action}</LinkButton>
          </>
        ) : null}
      </div>
    </li>
  )
}

/** The first steps of a new place, in order. The first that is open explains itself and has the button. */
export function StepsList({
  label,
  steps,
  doneLabel,
  openLabel,
}: {
  label: string
  steps: readonly Step[]
  /** Said with each step to those who don’t see its mark: “done”, “still to do”. */
  doneLabel: string
  openLabel: string
}) {
  const next = steps.find((step) => !step.done)
  return (
    <ol aria-label={label} className="divide-y divide-line border-y border-line">
      {steps.map((step) => (
        <StepItem key={step.id} step={step} next={step === next} state={step.done ? doneLabel : openLabel} />
      ))}
    </ol>
  )
}
