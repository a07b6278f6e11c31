/** What a mail program makes of a letter. */
export function parseHTML(html: string) {
  const document = new DOMParser().parseFromString(html, 'text/html')
  const all = [...document.querySelectorAll('*')]
  return {
    title: document.title,
    text: document.body.textContent.replace(/[ \t]+/g, ' '),
    links: all.flatMap((element) => element.getAttribute('href') ?? []),
    /** Addresses that would be loaded by looking at it. */
    loads: all.flatMap((element) =>
      [element.getAttribute('src'), element.getAttribute('srcset')].filter(Boolean),
    ),
    /** Names of elements and of their attributes, in order: its shape without its words. */
    elements: all.map((element) => [element.tagName, ...element.getAttributeNames()].join(' ')),
  }
}
