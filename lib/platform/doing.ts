import 'server-only'

/** Who of the platform does something to a school, and from where. */
export type Doing = Readonly<{
  actorId: string | null
  client: Readonly<{ ip: string; requestId: string | null }>
}>
