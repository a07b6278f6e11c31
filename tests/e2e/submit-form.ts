import type { Answer } from '#tests/support/http'
import type { Wanderer } from './wanderer'

// As long as browsers make them: the server's parser refuses short ones.
const BOUNDARY = '----aWandererWithoutAWindow1234'

/** The form on a page that holds a text, as a browser without a script fills and sends it. @throws Error when there is none */
export async function submitForm(
  who: Wanderer,
  url: URL,
  marked: string,
  typed: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { body } = await who.request(url)
  const form = [...body.matchAll(/<form\b.*?<\/form>/gs)]
    .map(([text]) => text)
    .find((text) => text.includes(marked))
  if (form === undefined) throw new Error(`${url.pathname} has no form with ${marked}.`)
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)]
  const sent = [
    ...hidden.map(([, name = '', value = '']) => [name, value] as const),
    ...Object.entries(typed),
  ]
  const parts = sent.map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value.replaceAll('&quot;', '"')}\r\n`,
  )
  return who.request(url, {
    ...{
      method: 'POST',
      body: `${parts.join('')}--${BOUNDARY}--\r\n`,
      type: `multipart/form-data; boundary=${BOUNDARY}`,
    },
  })
}
