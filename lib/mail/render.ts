import 'server-only'
import { direction, formattingLocale, shippedLocale } from '#lib/i18n/locales'
import { translator } from '#lib/i18n/translate'
import { buttonColours, escapeHtml } from './rules'

/** Who writes and in which language. */
export type Sender = Readonly<{
  name: string
  accentColor: string
  /** BCP 47. */
  locale: string
  /** IANA. */
  timeZone: string
  /** Of the host that all links lead to. */
  origin: string
}>

/** A letter before it has a form. */
export type Draft = Readonly<{
  subject: string
  /** Null for somebody whose name nobody knows. */
  name: string | null
  paragraphs: readonly string[]
  /** The one thing to do. `path` begins with a slash. */
  action: Readonly<{ label: string; path: string }>
  /** Smaller, below the button. */
  after: readonly string[]
  /** In place of the words that say that nobody wrote this letter. */
  footer?: string
  /** Several things that the letter tells of, each with its own page. */
  items?: readonly Readonly<{ title: string; text: string; path: string | null }>[]
  /** Smallest, below everything: where to have fewer letters. */
  links?: readonly Link[]
}>

type Link = Readonly<{ label: string; path: string }>

export type Rendered = Readonly<{ subject: string; text: string; html: string }>

const BODY =
  'margin:0;padding:24px 16px;background:#faf9f7;color:#292524;font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif'
const SMALL = 'margin:0 0 12px;font-size:14px;color:#57534e'

/** What a letter tells of, one below the other. */
function itemsOf(sender: Sender, { items = [] }: Draft): string {
  return items
    .map(({ title, text, path }) => {
      const name = escapeHtml(title)
      const linked =
        path === null
          ? name
          : `<a href="${escapeHtml(`${sender.origin}${path}`)}" style="color:#292524">${name}</a>`
      const rest = text === '' ? '' : `<br>${escapeHtml(text)}`
      return `<p style="margin:0 0 16px"><strong>${linked}</strong>${rest}</p>\n`
    })
    .join('')
}

function linksOf(sender: Sender, { links = [] }: Draft): string {
  const one = ({ label, path }: Link): string =>
    `<a href="${escapeHtml(`${sender.origin}${path}`)}" style="color:#57534e">${escapeHtml(label)}</a>`
  return links.length === 0 ? '' : `<p style="${SMALL}">${links.map(one).join(' · ')}</p>\n`
}

/** The same two in plain text. */
function plainItems(sender: Sender, { items = [] }: Draft): string[] {
  return items.map(({ title, text, path }) =>
    [title, ...(text === '' ? [] : [text]), ...(path === null ? [] : [`${sender.origin}${path}`])].join('\n'),
  )
}

function plainLinks(sender: Sender, { links = [] }: Draft): string[] {
  return links.map(({ label, path }) => `${label}:\n${sender.origin}${path}`)
}

function htmlOf(
  sender: Sender,
  parts: Readonly<{ subject: string; hello: string; footer: string; plain: string }>,
  draft: Draft,
  url: string,
): string {
  const { ground, ink } = buttonColours(sender.accentColor)
  const [language, address] = [shippedLocale(sender.locale), escapeHtml(url)]
  const paragraph = (text: string, style = 'margin:0 0 16px') => `<p style="${style}">${escapeHtml(text)}</p>`
  const button = `display:inline-block;padding:12px 20px;border-radius:6px;background:${ground};color:${ink};font-weight:600;text-decoration:none`
  return `<!doctype html>
<html lang="${language}" dir="${direction(sender.locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(parts.subject)}</title>
</head>
<body style="${BODY}">
<div role="article" style="max-width:560px;margin:0 auto;padding:24px;background:#fffefc;border-top:4px solid ${ground};border-radius:6px">
<p style="margin:0 0 20px;font-size:18px;font-weight:600">${escapeHtml(sender.name)}</p>
${[parts.hello, ...draft.paragraphs].map((text) => paragraph(text)).join('\n')}
${itemsOf(sender, draft)}<p style="margin:24px 0"><a href="${address}" style="${button}">${escapeHtml(draft.action.label)}</a></p>
${draft.after.map((text) => paragraph(text, SMALL)).join('\n')}
<p style="${SMALL}">${escapeHtml(parts.plain)}<br><a href="${address}" style="color:#292524;overflow-wrap:anywhere;word-break:break-all">${address}</a></p>
${linksOf(sender, draft)}<p style="${SMALL};border-top:1px solid #e7e5e4;padding-top:12px;margin:24px 0 0">${escapeHtml(parts.footer)}</p>
</div>
</body>
</html>
`
}

/** Gives a draft its two forms. The plain one says everything that the other says. */
export function render(sender: Sender, draft: Draft): Rendered {
  const t = translator(sender.locale, 'mail')
  const hello = draft.name === null ? t('helloStranger') : t('hello', { name: draft.name })
  const footer = draft.footer ?? t('footer', { sender: sender.name })
  const url = `${sender.origin}${draft.action.path}`
  const text = [
    hello,
    ...draft.paragraphs,
    ...plainItems(sender, draft),
    `${draft.action.label}:\n${url}`,
    ...draft.after,
    ...plainLinks(sender, draft),
    `-- \n${footer}`,
  ]
  return {
    subject: draft.subject,
    text: `${text.join('\n\n')}\n`,
    html: htmlOf(sender, { subject: draft.subject, hello, footer, plain: t('plainLink') }, draft, url),
  }
}

/** An instant in the reader's zone, with the zone's name: `Tue, 3 Mar 2026, 14:00 CET`. */
export function instant(sender: Sender, at: Date): string {
  return new Intl.DateTimeFormat(formattingLocale(sender.locale), {
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
    timeZone: sender.timeZone,
  }).format(at)
}
