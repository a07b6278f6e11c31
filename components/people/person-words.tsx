import { Avatar } from '#components/ui/avatar'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import type { IconName } from '#components/ui/icon'
import { translator } from '#lib/i18n/translate'
import type { GivenRole, PersonState } from '#lib/people/rules'

/** Name over address, with the picture or the initials. */
export function PersonName({
  person,
  href,
}: {
  person: Readonly<{ name: string; email: string; avatarUrl: string | null }>
  /** The person's own page; null where the reader has no business there. */
  href: string | null
}) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar name={person.name} src={person.avatarUrl} size="sm" />
      <span className="min-w-0">
        {href === null ? (
          <span className="block font-medium wrap-anywhere">{person.name}</span>
        ) : (
          <a
            href={href}
            className="-my-2 inline-flex min-h-11 items-center font-medium wrap-anywhere underline decoration-line underline-offset-4 hover:decoration-current sm:my-0 sm:min-h-6"
          >
            {person.name}
          </a>
        )}
        <span className="block text-14 font-normal wrap-anywhere text-soft">{person.email}</span>
      </span>
    </span>
  )
}

/** The built-in role, and below it the school's own. */
export function RoleWords({
  locale,
  role,
  customRoles,
}: {
  locale: string
  role: GivenRole
  customRoles: readonly string[]
}) {
  return (
    <span>
      {translator(locale, 'people')(`roles.${role}`)}
      {customRoles.length === 0 ? null : (
        <span className="block text-14 wrap-anywhere text-soft">{customRoles.join(', ')}</span>
      )}
    </span>
  )
}

const LOOKS = {
  active: { tone: 'good', icon: 'check' },
  disabled: { tone: 'bad', icon: 'lock' },
  unconfirmed: { tone: 'warn', icon: 'clock' },
} as const satisfies Record<PersonState, { tone: Tone; icon: IconName }>

export function StateBadge({ locale, state }: { locale: string; state: PersonState }) {
  return <StatusBadge {...LOOKS[state]}>{translator(locale, 'people')(`states.${state}`)}</StatusBadge>
}
