import 'server-only'
import { createTransport } from 'nodemailer'
import { type Letter, type Mailer, Undeliverable } from './letter'

/** Connections at the same time: as many as the worker has jobs. */
const CONNECTIONS = 5

/** Milliseconds. A server that says nothing for this long is asked again later. */
const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
} as const

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
}

/** Commands whose refusal is about this letter and not about us: a wrong password of ours is refused with 5xx, too. */
const ABOUT_THE_LETTER = new Set(['RCPT TO', 'DATA'])

/**
 * What went wrong, without the server's words: those repeat the address, and errors are logged and kept in the queue.
 * A 5xx is for ever (RFC 5321, 4.2.1), a 4xx is not.
 */
function failure(error: unknown): Error {
  const code = field(error, 'code')
  const command = field(error, 'command')
  const status = Number(field(error, 'responseCode') ?? 0)
  const parts = [typeof code === 'string' ? code : 'unknown', typeof command === 'string' ? command : '']
  const words = `The mail server refused: ${parts.filter(Boolean).join(', ')}${status === 0 ? '' : `, ${status}`}.`
  const isAbout = typeof command === 'string' && ABOUT_THE_LETTER.has(command)
  return isAbout && status >= 500 && status < 600 ? new Undeliverable(words) : new Error(words)
}

/** What a mail program's own button for “no more of these” needs (RFC 2369 and 8058). */
function unsubscribing({ unsubscribe }: Letter): Record<string, { prepared: true; value: string } | string> {
  if (unsubscribe === undefined) return {}
  // As it is: folded or encoded, some programs don't find the address in it.
  return {
    'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/**
 * Sends by SMTP over a few connections that stay open. TLS is what the address says: `smtps://` from the first byte,
 * `smtp://` by STARTTLS where the server offers it (`?requireTLS=true`: or not at all).
 * @param url with user and password, percent-encoded
 * @param from address of the installation
 */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    ...TIMEOUTS,
    // A letter is its own texts; it can't make this process read a file or call somebody.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (_tenantId: string, letter: Letter) => {
      try {
        await transport.sendMail({
          from: { name: letter.fromName, address: from },
          to: { name: letter.to.name, address: letter.to.address },
          ...(letter.replyTo === undefined
            ? {}
            : { replyTo: { name: letter.replyTo.name, address: letter.replyTo.address } }),
          envelope: { from, to: [letter.to.address] },
          messageId: `<${letter.messageId}>`,
          subject: letter.subject,
          text: letter.text,
          html: letter.html,
          // Nobody's absence note answers a machine (RFC 3834).
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            ...unsubscribing(letter),
          },
        })
      } catch (error) {
        throw failure(error)
      }
    },
  }
}
