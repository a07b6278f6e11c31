import { ActionForm } from '#components/ui/action-form'
import { CodeField } from '#components/ui/code-field'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { TextField } from '#components/ui/text-field'
import type { Door } from '#lib/identity/contract'
import { withNext } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { AuthFrame } from './auth-frame'
import { formWords } from './form-words'
import { TextLink } from './text-link'

const HERE = '/sign-in/second-factor'

/** The code of the second step, or one for the day the phone is lost. */
export function SecondStepView({
  door,
  action,
  next,
  home,
  recovery,
}: {
  door: Door
  action: FormAction
  next: string
  home: string
  recovery: boolean
}) {
  const { locale, name } = door
  const t = translator(locale, 'auth.step')
  const back = withNext(HERE, next, home)
  const toRecovery = `${back}${back.includes('?') ? '&' : '?'}with=recovery`
  return (
    <AuthFrame
      door={door}
      title={recovery ? t('recoveryTitle') : t('title')}
      intro={recovery ? t('recoveryIntro') : t('intro', { name })}
    >
      <ActionForm
        action={action}
        submit={t('submit')}
        pendingLabel={t('pending')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ next }} />
        {recovery ? (
          <TextField
            name="code"
            label={t('recovery')}
            help={t('recoveryHelp')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            autoFocus
          />
        ) : (
          <CodeField name="code" label={t('code')} help={t('help')} autoFocus />
        )}
      </ActionForm>
      <div>
        <TextLink href={recovery ? back : toRecovery}>{recovery ? t('toCode') : t('toRecovery')}</TextLink>
        {recovery ? (
          <p className="max-w-note text-14 text-soft">{door.isSchool ? t('lost') : t('lostSite')}</p>
        ) : null}
      </div>
    </AuthFrame>
  )
}
