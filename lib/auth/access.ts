import type { Permission } from './permissions'

/** Who may call an endpoint. Required by every builder, so that forgetting it does not compile. */
export type Access =
  | Readonly<{ kind: 'public'; reason: string }>
  | Readonly<{ kind: 'person'; reason: string; duringSetUp: boolean }>
  | Readonly<{ kind: 'permission'; permission: Permission }>

/** Open to everyone, signed in or not. The reason is for the next reader. */
export function publicAccess(reason: string): Access {
  return { kind: 'public', reason }
}

/** Open to people who hold the permission in the school of the request. */
export function can(permission: Permission): Access {
  return { kind: 'permission', permission }
}

/**
 * Open to everyone who is signed in on this host, whatever they may do: for what is their own.
 * @param options.duringSetUp also for those who have yet to set up the second factor that their school asks for
 */
export function anyPerson(reason: string, options: Readonly<{ duringSetUp?: boolean }> = {}): Access {
  return { kind: 'person', reason, duringSetUp: options.duringSetUp ?? false }
}
