import { type Answer, ask } from '#tests/support/http'

/** A browser without a window: it keeps each host's cookies to that host, and goes where it is sent. */

export type Stop = Readonly<{
  /** Where the last redirect led, or the address that was asked for. */
  url: URL
  /** The answer that led no further; null where it was told not to go on. */
  answer: Answer | null
}>

function isRedirect(status: number): boolean {
  return status >= 301 && status <= 308
}

export class Wanderer {
  readonly #jars = new Map<string, Map<string, string>>()

  /** One request, cookies and all. */
  async request(
    url: URL,
    more: Readonly<{ method?: string; body?: string; type?: string }> = {},
  ): Promise<Answer> {
    const jar = this.#jar(url)
    const { method = 'GET', body, type } = more
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await ask({
      ...{ host: url.host, port: Number(url.port), path: `${url.pathname}${url.search}`, method },
      ...(body === undefined ? {} : { body }),
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(type === undefined ? {} : { 'content-type': type, origin: url.origin }),
      },
    })
    for (const line of answer.headers['set-cookie'] ?? []) this.#keep(jar, line)
    return answer
  }

  /** Follows redirects until there is none, or until `until` says that an address is far enough. */
  async go(url: URL, until: (next: URL) => boolean): Promise<Stop> {
    let at = url
    for (let hop = 0; hop < 12; hop += 1) {
      const answer = await this.request(at)
      const { location } = answer.headers
      if (!isRedirect(answer.status) || location === undefined) return { url: at, answer }
      at = new URL(location, at)
      if (until(at)) return { url: at, answer: null }
    }
    throw new Error(`Sent from place to place: ${at.href}`)
  }

  set(url: URL, name: string, value: string): void {
    this.#jar(url).set(name, value)
  }

  has(url: URL, name: string): boolean {
    return this.#jar(url).has(name)
  }

  #jar({ host }: URL): Map<string, string> {
    const jar = this.#jars.get(host) ?? new Map<string, string>()
    this.#jars.set(host, jar)
    return jar
  }

  #keep(jar: Map<string, string>, line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '' || /;\s*max-age=0/i.test(line)) jar.delete(name)
    else jar.set(name, value)
  }
}
