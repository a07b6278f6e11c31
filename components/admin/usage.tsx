import { Meter } from '#components/ui/meter'
import { formatter, translator } from '#lib/i18n/translate'
import type { UsageMeter } from '#lib/school/contract'
import type { UsageKind } from '#lib/school/rules'

const KIB = 1024
const STATES = { ok: 'ok', near: 'near', reached: 'over' } as const
const NOTES = {
  people: { near: 'nearPeople', reached: 'reachedPeople' },
  courses: { near: 'nearCourses', reached: 'reachedCourses' },
  storage: { near: 'nearStorage', reached: 'reachedStorage' },
  aiMessages: { near: 'nearAiMessages', reached: 'reachedAiMessages' },
} as const

/** An amount as people say it: bytes in the unit that gives the fewest digits. */
function amountWords(locale: string, kind: UsageKind, amount: number): string {
  const write = formatter(locale, 'UTC')
  if (kind !== 'storage') return write.number(amount)
  const [unit, size] =
    amount >= KIB ** 3 ? (['gigabyte', KIB ** 3] as const) : (['megabyte', KIB ** 2] as const)
  return write.number(amount / size, { style: 'unit', unit, maximumFractionDigits: 1 })
}

/** What the school uses of what its plan allows, with what to do where a limit comes near. */
export function Usage({
  locale,
  meters,
  invitations,
}: {
  locale: string
  meters: readonly UsageMeter[]
  invitations: number
}) {
  const t = translator(locale, 'admin.usage')
  return (
    <div className="grid gap-6 sm:grid-cols-2 sm:gap-x-10">
      {meters.map(({ kind, used, limit, state }) => {
        const amount = amountWords(locale, kind, used)
        const invited =
          kind === 'people' && invitations > 0 ? t('invited', { count: invitations }) : undefined
        const parts = [state === 'ok' ? undefined : t(NOTES[kind][state]), invited]
        const note = parts.filter((part) => part !== undefined).join(' ')
        return (
          <Meter
            key={kind}
            label={t(kind)}
            text={
              limit === null
                ? t('unlimited', { used: amount })
                : t('of', { used: amount, limit: amountWords(locale, kind, limit) })
            }
            value={used}
            max={limit}
            state={STATES[state]}
            note={note === '' ? undefined : note}
          />
        )
      })}
    </div>
  )
}
