/** Makes plain text of what another system would have shown as HTML. Nothing here is ever rendered as HTML again. */

/** Elements that a text written for Moodle may use; anything else in angle brackets is what it says, such as `List<String>`. */
const KNOWN = new Set(
  (
    'a abbr article audio b big blockquote br center code col colgroup dd del div dl dt em embed figcaption figure font form ' +
    'h1 h2 h3 h4 h5 h6 hr i iframe img input ins kbd li link math mark meta object ol p pre q s samp script section small source ' +
    'span strike strong style sub sup svg table tbody td tfoot th thead tr tt u ul var video'
  ).split(' '),
)
const BLOCKS = new Set(
  'br p div li tr h1 h2 h3 h4 h5 h6 hr pre table ul ol blockquote section article dt dd'.split(' '),
)
const PICTURES = new Set(['img', 'audio', 'video', 'iframe', 'embed', 'object', 'svg'])
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…' },
  ...{
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    times: '×',
    divide: '÷',
    deg: '°',
    plusmn: '±',
    minus: '−',
  },
  ...{
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    Auml: 'Ä',
    Ouml: 'Ö',
    Uuml: 'Ü',
    szlig: 'ß',
    eacute: 'é',
    egrave: 'è',
  },
  ...{ agrave: 'à', ccedil: 'ç', ntilde: 'ñ', euro: '€', middot: '·', pi: 'π', le: '≤', ge: '≥', ne: '≠' },
}

/** Takes out all that stands between two marks, the marks too. In one pass, however often the first one stands there. */
function without(text: string, open: string, close: string): string {
  const lower = text.toLowerCase()
  let kept = ''
  let at = 0
  for (;;) {
    const start = lower.indexOf(open, at)
    const end = start === -1 ? -1 : lower.indexOf(close, start + open.length)
    if (end === -1) return kept + text.slice(at)
    kept += text.slice(at, start)
    at = end + close.length
  }
}

function codePoint(value: number): string {
  const shown = value >= 32 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff)
  return shown ? String.fromCodePoint(value) : ' '
}

function decoded(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const hex = name[1]?.toLowerCase() === 'x'
    return codePoint(Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10))
  })
}

/** Characters that no text needs: control characters, and marks that turn the reading direction of what follows. */
export function cleaned(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\ufeff\ufffe]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
}

export type Plain = Readonly<{ text: string; html: boolean; pictures: boolean }>

/** @param text as it stood in the file @param html whether its format says that it is HTML or may hold some */
export function plainText(text: string, html: boolean): Plain {
  const clean = cleaned(text)
  if (!html) return { text: clean.trim(), html: false, pictures: false }
  const bare = without(without(without(clean, '<script', '</script>'), '<style', '</style>'), '<!--', '-->')
  let pictures = false
  const tagless = bare.replace(/<\/?([a-z][a-z0-9]{0,12})(?=[\s/>])[^<>]*>/gi, (whole, tag: string) => {
    const name = tag.toLowerCase()
    if (!KNOWN.has(name)) return whole
    if (PICTURES.has(name) && !whole.startsWith('</')) pictures = true
    return BLOCKS.has(name) ? '\n' : ''
  })
  const stripped = tagless !== clean
  const result = decoded(tagless)
  const tidy = stripped
    ? cleaned(result)
        .replace(/[ \t]+/g, ' ')
        .replace(/ ?\n ?/g, '\n')
        .replace(/\n{3,}/g, '\n\n')
    : cleaned(result)
  return { text: tidy.trim(), html: stripped, pictures }
}
