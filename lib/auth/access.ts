import type { Permission } from './permissions'

/** Who may call an endpoint. Required by every builder, so that forgetting it does not compile. */
export type Access =
  Readonly<{ kind: 'public'; reason: string }> | Readonly<{ kind: 'permission'; permission: Permission }>

/** Open to everyone, signed in or not. The reason is for the next reader. */
export function publicAccess(reason: string): Access {
  return { kind: 'public', reason }
}

/** Open to people who hold the permission in the school of the request. */
export function can(permission: Permission): Access {
  return { kind: 'permission', permission }
}
