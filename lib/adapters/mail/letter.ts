import 'server-only'

/** One letter to one person. Its texts are complete: nothing is filled in after this. */
export type Letter = Readonly<{
  /** Without angle brackets. The same for a repeat of the same letter, so that mail programs show it once. */
  messageId: string
  /** Who writes, as people know them: the school. The address is the installation's (MAIL_FROM). */
  fromName: string
  to: Readonly<{ name: string; address: string }>
  /** Where answers go, when a person wants them; else nobody reads any. */
  replyTo?: Readonly<{ name: string; address: string }>
  subject: string
  text: string
  html: string
  /** Address that a mail program asks by POST to stop such letters (RFC 8058), and that a browser may be sent to. */
  unsubscribe?: string
}>

/** What carries letters away. */
export type Mailer = Readonly<{
  /**
   * Hands a letter over; when it returns, the other side has taken it.
   * @param tenantId whose letter it is
   * @throws Undeliverable when no later try could help; Error otherwise. Neither says the address.
   */
  send: (tenantId: string, letter: Letter) => Promise<void>
}>

/** The address doesn't exist, or its server won't ever take this letter. Trying again would only annoy it. */
export class Undeliverable extends Error {
  override name = 'Undeliverable'
}
