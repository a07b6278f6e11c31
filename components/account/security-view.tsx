import type { FormAction } from '#components/ui/form-context'
import { Notice } from '#components/ui/notice'
import type { AccountPlace, Done, LinkProblem, SecurityView as Security } from '#lib/account/contract'
import { translator } from '#lib/i18n/translate'
import { AccountFrame } from './account-frame'
import { type DeviceActions, DevicesSection } from './devices-section'
import { DoneNotice } from './done-notice'
import { type FactorActions, FactorSection } from './factor-section'
import { type IdentityActions, IdentitiesSection } from './identities-section'
import { PasswordSection } from './password-section'

export type SecurityActions = FactorActions &
  DeviceActions &
  IdentityActions &
  Readonly<{ savePassword: FormAction }>

/** On paper the recovery codes stand alone. */
const ASIDE = 'print:group-has-data-recovery-codes:hidden'

type Props = {
  place: AccountPlace
  security: Security
  actions: SecurityActions
  done: Done | undefined
  problem: LinkProblem | undefined
  /** Provider whose link was asked for just now. */
  linking: string | undefined
}

function Problem({ locale, problem }: { locale: string; problem: LinkProblem | undefined }) {
  const t = translator(locale, 'account.security')
  if (problem === undefined) return null
  const taken = problem === 'taken'
  return (
    <div role="status">
      <Notice tone="warn" title={taken ? t('taken') : t('linkFailed')}>
        {taken ? t('takenBody') : t('linkFailedBody')}
      </Notice>
    </div>
  )
}

/**
 * How a person signs in, and where they are. Every part stands at a place of its own that never moves: a page without
 * a script finds its form's answer by it.
 */
export function SecurityView({ place, security, actions, done, problem, linking }: Props) {
  const { locale, name } = place
  const t = translator(locale, 'account.security')
  // Whoever is asked for the second step finds it first.
  const factor = (
    <div className={security.asked ? 'border-b border-line' : 'border-t border-line'}>
      <FactorSection place={place} security={security} actions={actions} />
    </div>
  )
  return (
    <div className="group">
      <AccountFrame
        isSchool={place.isSchool}
        locale={locale}
        current="security"
        title={t('title')}
        intro={t('intro')}
        notices={
          <>
            {security.mustSetUp ? (
              <Notice tone="warn" title={t('asksFirst', { place: name })}>
                {t(place.isSchool ? 'asksFirstBody' : 'asksFirstPlatform')}
              </Notice>
            ) : null}
            <DoneNotice place={place} done={done} />
            <Problem locale={locale} problem={problem} />
          </>
        }
      >
        {security.asked ? factor : null}
        <div className={ASIDE}>
          <PasswordSection
            locale={locale}
            email={security.email}
            proof={security.proof}
            action={actions.savePassword}
          />
        </div>
        {security.asked ? null : factor}
        <div className={`border-t border-line ${ASIDE}`}>
          <DevicesSection
            place={place}
            devices={security.devices}
            providers={security.providers}
            actions={actions}
          />
        </div>
        <div className={`border-t border-line empty:hidden ${ASIDE}`}>
          <IdentitiesSection place={place} security={security} actions={actions} linking={linking} />
        </div>
      </AccountFrame>
    </div>
  )
}
