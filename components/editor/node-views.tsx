'use client'

import { NodeViewWrapper, type NodeViewProps, ReactNodeViewRenderer } from '@tiptap/react'
import { blockNode } from '#lib/content/blocks'
import { Formula } from '#components/lesson/formula'
import { Icon } from '#components/ui/icon'
import { bytesInWords } from '#lib/i18n/bytes'
import { fill } from './fill'
import type { Views } from './nodes'
import { useTools } from './tools'

/** How the lesson's own nodes are drawn while they are edited. Double click, or Enter on a selected one, edits it. */

function look(selected: boolean): string {
  return selected ? 'rounded-sm outline-2 outline-offset-2 outline-accent-8' : ''
}

function texOf({ node }: NodeViewProps): string {
  const tex: unknown = node.attrs['tex']
  return typeof tex === 'string' ? tex : ''
}

function MathInline(props: NodeViewProps) {
  const { ask } = useTools()
  return (
    <NodeViewWrapper
      as="span"
      className={`cursor-pointer ${look(props.selected)}`}
      onDoubleClick={() => ask({ kind: 'formula', type: 'mathInline', edit: true })}
    >
      <Formula tex={texOf(props)} display={false} />
    </NodeViewWrapper>
  )
}

function MathBlock(props: NodeViewProps) {
  const { ask } = useTools()
  return (
    <NodeViewWrapper
      className={`cursor-pointer overflow-x-auto py-2 ${look(props.selected)}`}
      onDoubleClick={() => ask({ kind: 'formula', type: 'mathBlock', edit: true })}
    >
      <Formula tex={texOf(props)} display />
    </NodeViewWrapper>
  )
}

function attrsOf(type: 'image' | 'file' | 'embed' | 'video', { node }: NodeViewProps) {
  const result = blockNode.safeParse({ type, attrs: { ...node.attrs } })
  return result.success && 'attrs' in result.data ? result.data : null
}

function Picture(props: NodeViewProps) {
  const { ask, urlOf, words } = useTools()
  const image = attrsOf('image', props)
  if (image?.type !== 'image') return <NodeViewWrapper />
  const { src, alt, decorative, caption, width, height } = image.attrs
  return (
    <NodeViewWrapper
      as="figure"
      data-drag-handle=""
      className={look(props.selected)}
      onDoubleClick={() => ask({ kind: 'picture', edit: true })}
    >
      <img
        src={urlOf(src) ?? src}
        alt={decorative ? '' : alt}
        width={width}
        height={height}
        draggable={false}
        className="mx-auto h-auto max-w-full rounded-md"
      />
      {caption === null ? null : (
        <figcaption className="mt-2 font-sans text-14 text-soft">{caption}</figcaption>
      )}
      <p className="mt-1 font-sans text-12 text-soft">
        {decorative ? words.picture.silent : fill(words.picture.described, { alt })}
      </p>
    </NodeViewWrapper>
  )
}

function FileCard(props: NodeViewProps) {
  const { locale } = useTools()
  const file = attrsOf('file', props)
  if (file?.type !== 'file') return <NodeViewWrapper />
  return (
    <NodeViewWrapper
      data-drag-handle=""
      className={`flex min-h-11 items-center gap-3 rounded-md border border-line bg-surface px-4 py-3 font-sans text-16 ${look(props.selected)}`}
    >
      <Icon name="download" size={20} className="text-accent-11" />
      <span className="min-w-0 grow font-medium wrap-anywhere">{file.attrs.name}</span>
      <span className="shrink-0 text-14 text-soft tabular-nums">
        {bytesInWords(locale, file.attrs.bytes)}
      </span>
    </NodeViewWrapper>
  )
}

const PROVIDERS = { youtube: 'YouTube', vimeo: 'Vimeo' } as const

function Film(props: NodeViewProps) {
  const { ask, words } = useTools()
  const film = attrsOf('embed', props)
  if (film?.type !== 'embed') return <NodeViewWrapper />
  const { provider, title } = film.attrs
  return (
    <NodeViewWrapper
      data-drag-handle=""
      className={`flex min-h-11 items-center gap-3 rounded-md border border-line bg-surface px-4 py-3 font-sans text-16 ${look(props.selected)}`}
      onDoubleClick={() => ask({ kind: 'film', edit: true })}
    >
      <Icon name="play" size={20} className="text-accent-11" />
      <span className="min-w-0 grow font-medium wrap-anywhere">
        {fill(words.film.card, { provider: PROVIDERS[provider], title })}
      </span>
    </NodeViewWrapper>
  )
}

function OwnFilm(props: NodeViewProps) {
  const { ask, locale, urlOf, words } = useTools()
  const film = attrsOf('video', props)
  if (film?.type !== 'video') return <NodeViewWrapper />
  const { key, captions, title } = film.attrs
  const track = captions === null ? undefined : urlOf(captions)
  return (
    <NodeViewWrapper
      as="figure"
      data-drag-handle=""
      className={look(props.selected)}
      onDoubleClick={() => ask({ kind: 'video', edit: true })}
    >
      <video
        key={track ?? ''}
        controls
        preload="metadata"
        playsInline
        src={urlOf(key)}
        aria-label={title}
        className="aspect-video w-full rounded-md bg-sunken"
      >
        {track === undefined ? null : (
          <track kind="captions" src={track} srcLang={locale} label={words.video.captions} default />
        )}
      </video>
      <figcaption className="mt-2 font-sans text-14 text-soft">{title}</figcaption>
      <p className="mt-1 font-sans text-12 text-soft">
        {captions === null ? words.video.noCaptions : words.video.hasCaptions}
      </p>
    </NodeViewWrapper>
  )
}

export const NODE_VIEWS: Views = {
  mathInline: ReactNodeViewRenderer(MathInline, { as: 'span' }),
  mathBlock: ReactNodeViewRenderer(MathBlock),
  image: ReactNodeViewRenderer(Picture),
  file: ReactNodeViewRenderer(FileCard),
  embed: ReactNodeViewRenderer(Film),
  video: ReactNodeViewRenderer(OwnFilm),
}
