import 'server-only'
import path from 'node:path'
import { config } from '#lib/config'
import { folderMailer } from './folder'
import { clean, senderAddress } from './headers'
import type { Mailer } from './letter'
import { smtpMailer } from './smtp'

let made: Mailer | undefined

function make(): Mailer {
  const { smtpUrl, from, folder } = config().mail
  const address = senderAddress(from)
  const inner = smtpUrl === null ? folderMailer(path.resolve(folder), address) : smtpMailer(smtpUrl, address)
  return { send: async (tenantId, letter) => inner.send(tenantId, clean(letter)) }
}

/** The installation's mailer: by SMTP where SMTP_URL is set, else into the folder MAIL_DIR. @throws Error for a MAIL_FROM without an address */
export function mailer(): Mailer {
  return (made ??= make())
}
