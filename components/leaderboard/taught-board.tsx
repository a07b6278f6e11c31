import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Time } from '#components/ui/time'
import type { Participant, TaughtView } from '#lib/leaderboard/contract'
import { formatter, translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

type Props = Readonly<{
  locale: string
  timeZone: string
  courseId: string
  board: TaughtView
  actions: Readonly<{ change: FormAction; remove: FormAction }>
}>

function Switch({ locale, courseId, board, actions }: Props) {
  const t = translator(locale, 'teachBoard')
  const shared = { locale, messages: formWords(locale), pendingLabel: t('switching') }
  return (
    <section aria-labelledby="switch" className="max-w-column">
      <h2 id="switch" className="text-18 font-semibold">
        {board.on ? t('on') : t('off')}
      </h2>
      <p className="mt-2 mb-4 text-soft">{board.on ? t('onBody') : t('offBody')}</p>
      {board.on ? (
        <ConfirmForm
          {...shared}
          id="switch-off"
          trigger={{ label: t('switchOff'), look: 'quiet' }}
          title={t('offAsk')}
          consequence={t('offConsequence', { count: board.count })}
          action={actions.change}
          values={{ courseId, on: 'no' }}
          submit={t('switchOff')}
          cancel={translator(locale, 'teach.form')('cancel')}
        />
      ) : (
        <ActionForm {...shared} action={actions.change} submit={t('switchOn')}>
          <HiddenFields values={{ courseId, on: 'yes' }} />
        </ActionForm>
      )}
      <p className="mt-4">
        <a
          href="/badges"
          className="inline-flex min-h-11 items-center text-14 font-medium text-accent-11 hover:underline sm:min-h-8"
        >
          {t('rules')}
        </a>
      </p>
    </section>
  )
}

function Remove({ locale, courseId, actions, one }: Props & { one: Participant }) {
  const t = translator(locale, 'teachBoard')
  const { userId, name } = one
  return (
    <ConfirmForm
      id={`remove-${userId}`}
      trigger={{ label: t('remove'), about: name, look: 'plain', size: 'small' }}
      title={t('removeAsk', { name })}
      consequence={t('removeBody')}
      action={actions.remove}
      values={{ courseId, userId }}
      submit={t('remove')}
      pendingLabel={t('removing')}
      cancel={translator(locale, 'teach.form')('cancel')}
      messages={formWords(locale)}
    />
  )
}

function People(props: Props) {
  const { locale, timeZone, board } = props
  const t = translator(locale, 'teachBoard')
  return (
    <section aria-labelledby="takes-part">
      <h2 id="takes-part" className="mb-4 text-18 font-semibold">
        {t('people')}
      </h2>
      <DataTable<Participant>
        caption={t('caption')}
        rows={board.participants}
        rowKey={({ userId }) => userId}
        columns={[
          { id: 'name', header: t('name'), cell: ({ name }) => name, long: true },
          { id: 'shown', header: t('shown'), cell: ({ nickname }) => nickname ?? t('own'), long: true },
          {
            ...{ id: 'since', header: t('since') },
            cell: ({ joinedAt }) => (
              <Time iso={joinedAt.toISOString()}>
                {formatter(locale, timeZone).dateTime(joinedAt, { dateStyle: 'medium' })}
              </Time>
            ),
          },
        ]}
        actions={{ label: t('do'), cell: (one) => <Remove {...props} one={one} /> }}
        empty={<EmptyState seed="leaderboard" title={t('none')} body={t('noneBody')} />}
      />
      {board.count > board.participants.length ? (
        <p className="mt-3 text-14 text-soft">
          {t('more', { count: board.count - board.participants.length })}
        </p>
      ) : null}
    </section>
  )
}

/** Whether a course has a leaderboard, and who stands on it by which name. */
export function TaughtBoard(props: Props) {
  return (
    <div className="flex flex-col gap-10">
      <Switch {...props} />
      {props.board.on ? <People {...props} /> : null}
    </div>
  )
}
