import { SubmitButton } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import words from '#lib/i18n/messages/en.failure.json'
import { Message } from './message'

/**
 * An error that nobody expected: its number, and nothing of its message. Error boundaries run in the browser, so
 * this view brings its own few words instead of the whole catalogue. The form sends the reader back to the page.
 */
export function ServerError({ errorId }: { errorId: string | null }) {
  return (
    <Message
      seed="failure"
      status={errorId === null ? '' : `${words.number}: ${errorId}`}
      title={words.title}
    >
      <p className="mt-4 text-18 text-soft">{words.body}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        <form method="get">
          <SubmitButton>{words.retry}</SubmitButton>
        </form>
        <LinkButton href="/" look="quiet">
          {words.home}
        </LinkButton>
      </div>
    </Message>
  )
}
