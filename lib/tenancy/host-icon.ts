import 'server-only'
import { requestTarget, schoolOfRequest } from './resolve'
import { accentScale, DEFAULT_ACCENT } from '#lib/brand/accent'

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${String(sign.codePointAt(0))};`)
}

/** The first letter of the host's name on its colour, as SVG. @throws AppError 'not_found' on an unknown host */
export async function hostIcon(): Promise<string> {
  const target = await requestTarget()
  const school = target.kind === 'root' ? null : await schoolOfRequest()
  const letter = escapeXml([...(school?.name ?? 'S')][0]?.toUpperCase() ?? 'S')
  const fill = accentScale(school?.accentColor ?? DEFAULT_ACCENT).light[8] ?? DEFAULT_ACCENT
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${fill}"/><text x="16" y="22.5" text-anchor="middle" font-family="system-ui,sans-serif" font-size="18" font-weight="700" fill="#fdfcfa">${letter}</text></svg>`
}
