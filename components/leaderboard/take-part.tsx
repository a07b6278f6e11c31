import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { RadioGroup } from '#components/ui/radio-group'
import { Section } from '#components/ui/section'
import { TextField } from '#components/ui/text-field'
import type { BoardView } from '#lib/leaderboard/contract'
import { NICKNAME } from '#lib/leaderboard/rules'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

type Props = Readonly<{
  locale: string
  board: BoardView
  actions: Readonly<{ join: FormAction; leave: FormAction }>
}>

/** Joining, by which name, and leaving. */
export function TakePart({ locale, board, actions }: Props) {
  const t = translator(locale, 'leaderboard')
  const { courseId, joined, nickname, ownName } = board
  return (
    <div data-chrome>
      <Section id="take-part" title={joined ? t('renameTitle') : t('joinTitle')} description={t('joinBody')}>
        <ActionForm
          action={actions.join}
          submit={joined ? t('rename') : t('join')}
          submitLook={joined ? 'quiet' : 'primary'}
          pendingLabel={joined ? t('renaming') : t('joining')}
          messages={formWords(locale)}
        >
          <HiddenFields values={{ courseId }} />
          <RadioGroup
            name="goesBy"
            label={t('goesBy')}
            defaultValue={nickname === null && joined ? 'name' : 'nickname'}
            choices={[
              { value: 'nickname', label: t('nick'), description: t('nickBody') },
              { value: 'name', label: t('ownName', { name: ownName }) },
            ]}
          />
          <TextField
            name="nickname"
            label={t('nickname')}
            help={t('nicknameHelp', NICKNAME)}
            optional={t('optional')}
            defaultValue={nickname ?? ''}
            autoComplete="off"
            spellCheck={false}
            maxLength={NICKNAME.most * 2}
          />
        </ActionForm>
      </Section>
      {joined ? (
        <Section id="leave" title={t('leaveTitle')} description={t('leaveBody')}>
          <ActionForm
            action={actions.leave}
            submit={t('leave')}
            submitLook="quiet"
            pendingLabel={t('leaving')}
            messages={formWords(locale)}
          >
            <HiddenFields values={{ courseId }} />
          </ActionForm>
        </Section>
      ) : null}
    </div>
  )
}
