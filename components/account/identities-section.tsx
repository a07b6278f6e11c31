import { ConfirmForm } from '#components/ui/confirm-form'
import type { FormAction } from '#components/ui/form-context'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Section } from '#components/ui/section'
import type { AccountPlace, Identity, SecurityView } from '#lib/account/contract'
import { mayUnlink } from '#lib/account/rules'
import { formatter, translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { ProofField, StaleNotice } from './proof'

export type IdentityActions = Readonly<Record<'linkIdentity' | 'unlinkIdentity', FormAction>>

type Props = {
  place: AccountPlace
  security: SecurityView
  actions: IdentityActions
  /** Provider whose link was asked for just now. */
  linking: string | undefined
}

function Linked({ place, security, actions, identity }: Omit<Props, 'linking'> & { identity: Identity }) {
  const { locale, timeZone } = place
  const { proof, identities, providers } = security
  const t = translator(locale, 'account.identities')
  const f = translator(locale, 'account.form')
  const name = providers.find(({ id }) => id === identity.provider)?.name ?? identity.provider
  const date = formatter(locale, timeZone).dateTime(identity.createdAt, { dateStyle: 'long' })
  const free = mayUnlink({ hasPassword: proof === 'password', identities: identities.length })
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 py-4">
      <Icon name="key" size={22} className="mt-0.5 text-soft" />
      <div className="min-w-0 grow basis-56">
        <p className="font-medium">{name}</p>
        {identity.email === null ? null : <p className="text-14 wrap-anywhere">{identity.email}</p>}
        <p className="text-14 text-soft">{free ? t('linkedSince', { date }) : t('lastWayIn')}</p>
      </div>
      {free && proof !== 'stale' ? (
        <ConfirmForm
          id={`unlink-${identity.id}`}
          trigger={{ label: t('unlink'), look: 'quiet' }}
          title={t('unlinkTitle', { name })}
          consequence={t('unlinkBody')}
          action={actions.unlinkIdentity}
          values={{ identityId: identity.id }}
          submit={t('unlink')}
          pendingLabel={f('working')}
          cancel={f('cancel')}
          messages={formWords(locale)}
        >
          <ProofField locale={locale} proof={proof} />
        </ConfirmForm>
      ) : null}
    </li>
  )
}

/** Accounts elsewhere that sign somebody in here. Left out where there are none and none can be had. */
export function IdentitiesSection({ place, security, actions, linking }: Props) {
  const { locale } = place
  const { identities, providers, proof } = security
  const t = translator(locale, 'account.identities')
  const f = translator(locale, 'account.form')
  if (identities.length === 0 && providers.length === 0) return null
  const left = providers.filter(({ id }) => !identities.some(({ provider }) => provider === id))
  const ready = left.find(({ id }) => id === linking)
  return (
    <Section id="linked" title={t('title')} description={t('intro')}>
      {ready === undefined ? null : (
        <div className="mb-6" role="status">
          <Notice
            tone="info"
            title={t('ready', { name: ready.name })}
            action={
              <LinkButton href={`/api/auth/begin/${ready.id}`}>
                {t('continue', { name: ready.name })}
              </LinkButton>
            }
          >
            {t('readyBody')}
          </Notice>
        </div>
      )}
      {identities.length === 0 ? (
        <p className="text-soft">{t('none')}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {identities.map((identity) => (
            <Linked
              key={identity.id}
              place={place}
              security={security}
              actions={actions}
              identity={identity}
            />
          ))}
        </ul>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        {proof === 'stale' ? (
          <StaleNotice locale={locale} />
        ) : (
          left.map(({ id, name }) => (
            <ConfirmForm
              key={id}
              id={`link-${id}`}
              trigger={{ label: t('link', { name }), icon: 'plus', look: 'quiet' }}
              title={t('linkTitle', { name })}
              consequence={t('linkBody')}
              action={actions.linkIdentity}
              values={{ provider: id }}
              submit={t('linkSubmit')}
              submitLook="primary"
              pendingLabel={f('working')}
              cancel={f('cancel')}
              messages={formWords(locale)}
            >
              <ProofField locale={locale} proof={proof} />
            </ConfirmForm>
          ))
        )}
      </div>
    </Section>
  )
}
