import type { FormAction } from '#components/ui/form-context'

type ActionName =
  'changeRole' | 'changeCustomRoles' | 'disable' | 'enable' | 'signOut' | 'resetSecondFactor' | 'remove'

/** All that the page of a person can do. */
export type PersonActions = Readonly<Record<ActionName, FormAction>>
