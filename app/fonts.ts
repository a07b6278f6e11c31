import localFont from 'next/font/local'

// The extended-Latin files carry a unicode-range, so a browser fetches them only when a page uses such a
// letter. They come first in the font stack: the metric fallback of the basic file would otherwise win.

const figtree = localFont({
  src: '../node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2',
  weight: '300 900',
  variable: '--figtree',
  adjustFontFallback: 'Arial',
})

const figtreeExtended = localFont({
  src: '../node_modules/@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2',
  weight: '300 900',
  variable: '--figtree-extended',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2C60-2C7F,U+A720-A7FF',
    },
  ],
})

const literata = localFont({
  src: '../node_modules/@fontsource-variable/literata/files/literata-latin-wght-normal.woff2',
  weight: '200 900',
  variable: '--literata',
  adjustFontFallback: 'Times New Roman',
})

const literataExtended = localFont({
  src: '../node_modules/@fontsource-variable/literata/files/literata-latin-ext-wght-normal.woff2',
  weight: '200 900',
  variable: '--literata-extended',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2C60-2C7F,U+A720-A7FF',
    },
  ],
})

// A family of its own, so that it is fetched by lessons that use italics and by no other page.
const literataItalic = localFont({
  src: '../node_modules/@fontsource-variable/literata/files/literata-latin-wght-italic.woff2',
  weight: '200 900',
  style: 'italic',
  variable: '--literata-italic',
  preload: false,
  adjustFontFallback: 'Times New Roman',
})

/** Class names for `<html>`: they define the custom properties that the font stacks of globals.css read. */
export const fontVariables = [figtree, figtreeExtended, literata, literataExtended, literataItalic]
  .map((font) => font.variable)
  .join(' ')
