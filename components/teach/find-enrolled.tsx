import { About } from '#components/ui/about'
import { TableToolbar } from '#components/ui/table-toolbar'

type Person = Readonly<{ userId: string; name: string; email: string }>

type Words = Readonly<{
  title: string
  /** Of the field. */
  find: string
  search: string
  /** When nobody fits. */
  nobody: string
  choose: string
}>

function Found({
  found,
  words,
  hrefOf,
}: {
  found: readonly Person[]
  words: Words
  hrefOf: (userId: string) => string
}) {
  if (found.length === 0)
    return (
      <p role="status" className="mt-4 text-14 text-soft">
        {words.nobody}
      </p>
    )
  return (
    <ul className="mt-4 divide-y divide-line rounded-sm border border-line bg-surface">
      {found.map(({ userId, name, email }) => (
        <li key={userId} className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-1">
          <span className="min-w-0 wrap-anywhere">
            {name} <span className="text-14 text-soft">{email}</span>
          </span>
          <a
            href={hrefOf(userId)}
            className="inline-flex min-h-11 items-center text-14 font-medium text-accent-11 underline underline-offset-2"
          >
            {words.choose}
            <About>{name}</About>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** A search among the people of a course, to give one of them something: each leads to a form of their own. */
export function FindEnrolled({
  action,
  q,
  found,
  words,
  hrefOf,
}: {
  /** Path of the page itself. */
  action: string
  /** What was looked for; empty: nothing yet. */
  q: string
  found: readonly Person[]
  words: Words
  hrefOf: (userId: string) => string
}) {
  return (
    <section aria-labelledby="find-title">
      <h2 id="find-title" className="mb-4 text-18 font-semibold">
        {words.title}
      </h2>
      <TableToolbar
        id="enrolled"
        label={words.title}
        action={action}
        search={{ name: 'q', value: q, label: words.find, maxLength: 100 }}
        filters={[]}
        submit={words.search}
        reset={null}
      />
      {q === '' ? null : <Found found={found} words={words} hrefOf={hrefOf} />}
    </section>
  )
}
