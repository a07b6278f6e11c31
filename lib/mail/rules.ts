/** Channel of sRGB, 0 to 1, as light (WCAG 2.2, relative luminance). */
function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}

/** Relative luminance of `#rrggbb`, 0 (black) to 1 (white). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(parseInt(hex.slice(at, at + 2), 16) / 255),
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Above this black has more contrast than white, and whichever has more has at least 4.58:1. */
const MIDDLE = Math.sqrt(1.05 * 0.05) - 0.05

/** The colours of a letter's button. Anything but `#rrggbb` becomes a dark grey: it would stand in a style. */
export function buttonColours(accent: string): { ground: string; ink: string } {
  if (!/^#[0-9a-f]{6}$/i.test(accent)) return { ground: '#3f3f46', ink: '#ffffff' }
  return { ground: accent, ink: luminance(accent) > MIDDLE ? '#000000' : '#ffffff' }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand in HTML, in an attribute's quotes as well. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? '')
}
