import { Icon } from '#components/ui/icon'
import type { Citation, MessageView } from '#lib/tutor/contract/limits'
import { type AnswerBlock, readAnswer, type Run } from '#lib/tutor/rules/answer'
import type { AnswerWords } from './contract'

/** Where a passage stands: on this page, or in another lesson of the course. */
function hrefOf({ lessonId, anchor }: Citation, courseId: string, here: string | null): string {
  return lessonId === here ? `#${anchor}` : `/learn/${courseId}/${lessonId}#${anchor}`
}

type Of = Readonly<{
  courseId: string
  /** The lesson that is open; null: none. */
  here: string | null
  citations: readonly Citation[]
  words: AnswerWords
}>

const placeOf = ({ lessonTitle, heading }: Citation): string =>
  heading === '' ? lessonTitle : `${lessonTitle} › ${heading}`

function labelOf(citation: Citation, { goTo }: AnswerWords): string {
  return goTo.replace('{n}', String(citation.n)).replace('{place}', () => placeOf(citation))
}

function CitationLink({ n, of }: { n: number; of: Of }) {
  const citation = of.citations.find((one) => one.n === n)
  if (citation === undefined) return `[${String(n)}]`
  return (
    <a
      href={hrefOf(citation, of.courseId, of.here)}
      aria-label={labelOf(citation, of.words)}
      className="px-0.5 font-sans text-12 font-semibold text-accent-11 tabular-nums hover:underline"
    >
      [{n}]
    </a>
  )
}

function Runs({ runs, of }: { runs: readonly Run[]; of: Of }) {
  return (
    <>
      {runs.map((run, index) => {
        if (run.kind === 'citation') return <CitationLink key={index} n={run.n} of={of} />
        if (run.kind === 'strong') return <strong key={index}>{run.text}</strong>
        if (run.kind === 'code')
          return (
            <code key={index} className="rounded-sm bg-sunken px-1 font-mono text-14">
              {run.text}
            </code>
          )
        return run.text
      })}
    </>
  )
}

function Block({ block, of }: { block: AnswerBlock; of: Of }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className="whitespace-pre-line">
          <Runs runs={block.runs} of={of} />
        </p>
      )
    case 'quote':
      return (
        <blockquote className="border-s-2 border-accent-8 ps-3 font-reading whitespace-pre-line text-soft">
          <Runs runs={block.runs} of={of} />
        </blockquote>
      )
    case 'code':
      return (
        <pre tabIndex={0} className="overflow-x-auto rounded-sm bg-sunken p-2 font-mono text-14">
          {block.text}
        </pre>
      )
    case 'list': {
      const items = block.items.map((runs, index) => (
        <li key={index}>
          <Runs runs={runs} of={of} />
        </li>
      ))
      return block.ordered ? (
        <ol className="list-decimal ps-5">{items}</ol>
      ) : (
        <ul className="list-disc ps-5">{items}</ul>
      )
    }
  }
}

function Sources({ of }: { of: Of }) {
  if (of.citations.length === 0) return null
  return (
    <div className="text-14">
      <p className="text-soft">{of.words.sources}</p>
      <ol>
        {of.citations.map((citation) => (
          <li key={citation.n}>
            <a
              href={hrefOf(citation, of.courseId, of.here)}
              className="flex min-h-11 items-center gap-2 py-1 text-accent-11 hover:underline sm:min-h-9"
            >
              <span className="shrink-0 tabular-nums" aria-hidden>
                [{citation.n}]
              </span>
              <span className="min-w-0 wrap-break-word">{placeOf(citation)}</span>
            </a>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** One message of a conversation. An answer becomes elements of ours; nothing in it is markup. */
export function MessageItem({
  message,
  courseId,
  here,
  words,
}: {
  message: MessageView
  courseId: string
  here: string | null
  words: AnswerWords
}) {
  const { role, text, source, remark, citations } = message
  if (role === 'user')
    return (
      <div data-question className="rounded-md bg-sunken p-3">
        <p className="text-14 text-soft">{words.you}</p>
        <p dir="auto" className="whitespace-pre-line wrap-break-word">
          {text}
        </p>
      </div>
    )
  const of = { courseId, here, citations, words }
  const blocks = readAnswer(text, (n) => citations.some((citation) => citation.n === n))
  const label = source === null || source === 'model' ? null : words.source[source]
  return (
    <div className="flex flex-col gap-3">
      <p className="-mb-2 text-14 text-soft">{words.tutor}</p>
      {remark === null ? null : (
        <p className="flex gap-2 text-14 text-soft">
          <Icon name="alert" size={16} className="mt-0.5" />
          {words.remark[remark]}
        </p>
      )}
      <div dir="auto" className="flex flex-col gap-3 wrap-break-word">
        {blocks.map((block, index) => (
          <Block key={index} block={block} of={of} />
        ))}
      </div>
      {label === null ? null : <p className="text-14 text-soft">{label}</p>}
      <Sources of={of} />
    </div>
  )
}
