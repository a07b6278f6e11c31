import type { BlockNode } from '#lib/content/blocks'

type Attrs = Extract<BlockNode, { type: 'image' }>['attrs']

/** A picture with its true size, so that nothing jumps when it arrives. A decorative one is silent. */
export function Figure({ attrs, fileUrl }: { attrs: Attrs; fileUrl: (key: string) => string }) {
  const src = /^https:/i.test(attrs.src) ? attrs.src : fileUrl(attrs.src)
  return (
    <figure>
      <img
        src={src}
        alt={attrs.decorative ? '' : attrs.alt}
        width={attrs.width}
        height={attrs.height}
        loading="lazy"
        className="mx-auto h-auto max-w-full rounded-md"
      />
      {attrs.caption === null ? null : (
        <figcaption className="mt-2 font-sans text-14 text-soft">{attrs.caption}</figcaption>
      )}
    </figure>
  )
}
