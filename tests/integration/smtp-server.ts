import { createServer } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'

/** A letter that a mail server took. */
export type Received = Readonly<{ mail: ParsedMail; raw: string; recipients: readonly string[] }>

/** A port that nobody listens on now. */
export function unusedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

type Options = Readonly<{
  port?: number
  /** Addresses that it refuses for ever, as a server does that doesn't know them. */
  unknown?: (address: string) => boolean
  /** Milliseconds between the end of a letter and the answer to it. */
  thinking?: number
}>

/** A mail server that keeps what it takes. It ends with the test file. */
export class MailServer {
  readonly received: Received[] = []
  readonly port: number
  /** Letters whose last byte has come, answered or not. */
  begun = 0
  readonly #server: SMTPServer

  private constructor(server: SMTPServer, port: number, received: Received[]) {
    this.#server = server
    this.port = port
    this.received = received
  }

  static async start({ port, unknown = () => false, thinking = 0 }: Options = {}): Promise<MailServer> {
    const wanted = port ?? (await unusedPort())
    const received: Received[] = []
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: ({ address }, _session, done) => {
        if (unknown(address))
          done(Object.assign(new Error(`No such user: ${address}`), { responseCode: 550 }))
        else done()
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.once('end', () => {
          started.begun += 1
          const bytes = Buffer.concat(chunks)
          const recipients = session.envelope.rcptTo.map(({ address }) => address)
          void simpleParser(bytes).then((mail) => {
            received.push({ mail, raw: bytes.toString('utf8'), recipients })
            setTimeout(done, thinking)
          }, done)
        })
      },
    })
    // A client that was killed leaves a broken connection behind; that is what is tested.
    server.on('error', () => undefined)
    const started = new MailServer(server, wanted, received)
    await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve))
    afterAll(() => started.stop())
    return started
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`
  }

  /** Message-IDs without their brackets, in the order of arrival. */
  get ids(): string[] {
    return this.received.map(({ mail }) => (mail.messageId ?? '').replace(/^<|>$/g, ''))
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}
