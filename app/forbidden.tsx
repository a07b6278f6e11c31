import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

/** Stands in for Next's own view, whose style sheet has no nonce. Pages refuse by their builder and don't come here. */
export default async function Forbidden() {
  const { locale } = await requestFrame()
  return <h1>{translator(locale, 'errors')('forbiddenTitle')}</h1>
}
