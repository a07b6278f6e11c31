import type { ReactNode } from 'react'
import { ActionForm } from '#components/ui/action-form'
import { CodeField } from '#components/ui/code-field'
import { CodeBlockCopy } from '#components/ui/code-block-copy'
import { ConfirmForm } from '#components/ui/confirm-form'
import { Disclosure } from '#components/ui/disclosure'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Section } from '#components/ui/section'
import { StatusBadge } from '#components/ui/status-badge'
import { TextField } from '#components/ui/text-field'
import type { AccountPlace, FactorView, SecurityView } from '#lib/account/contract'
import { translator } from '#lib/i18n/translate'
import { CodesForm, type CodesStep } from './codes-form'
import { formWords } from '../form/form-words'
import { ProofField, StaleNotice } from './proof'
import { QrCode } from './qr-code'
import type { CodesWords } from './recovery-codes'

export type FactorActions = Readonly<
  Record<
    'startSecondFactor' | 'confirmSecondFactor' | 'removeSecondFactor' | 'renewRecoveryCodes',
    FormAction
  >
>

type Props = { place: AccountPlace; security: SecurityView; actions: FactorActions }
type On = Extract<FactorView, { state: 'on' }>
type Begun = Extract<FactorView, { state: 'begun' }>

function wordsOf(place: AccountPlace, email: string): CodesWords {
  const t = translator(place.locale, 'account.codes')
  return {
    ...{ on: t('on'), onBody: t('onBody'), new: t('new'), newBody: t('newBody') },
    ...{ list: t('list'), copy: t('copy'), copied: t('copied'), download: t('download') },
    ...{ print: t('print'), finish: t('finish') },
    file: `${t('fileTitle', { email, place: place.name })}\n${t('fileNote')}`,
  }
}

function Off({ place: { locale }, security: { proof, asked }, actions }: Props) {
  const t = translator(locale, 'account.factor')
  return (
    <div className="flex flex-col items-start gap-4">
      <StatusBadge tone="neutral">{t('off')}</StatusBadge>
      <p className="max-w-note text-14">{t('startBody')}</p>
      {proof === 'stale' ? (
        <StaleNotice locale={locale} />
      ) : (
        <ActionForm
          action={actions.startSecondFactor}
          submit={t('start')}
          submitLook={asked ? 'primary' : 'quiet'}
          pendingLabel={t('starting')}
          messages={formWords(locale)}
        >
          <ProofField locale={locale} proof={proof} />
        </ActionForm>
      )}
    </div>
  )
}

/** Grouped by four, as people type it. Spaces don't count to apps. */
function readable(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-4">
      <span
        aria-hidden="true"
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-3 text-14 font-semibold text-accent-11"
      >
        {number}
      </span>
      <div className="min-w-0 grow">
        <h3 className="font-semibold">{title}</h3>
        {children}
      </div>
    </li>
  )
}

function SetUp({ locale, factor }: { locale: string; factor: Begun }) {
  const t = translator(locale, 'account.factor')
  const c = translator(locale, 'account.codes')
  return (
    <ol className="flex flex-col gap-8">
      <Step number={1} title={t('step1')}>
        <p className="mt-1 mb-4 max-w-note text-14 text-soft">{t('step1Body')}</p>
        <QrCode text={factor.uri} label={t('qr')} />
        <div className="mt-2">
          <Disclosure summary={<span className="text-14 font-medium">{t('noCamera')}</span>}>
            <div className="flex flex-col items-start gap-4 pb-2">
              <CodeBlockCopy
                id="factor-key"
                label={t('key')}
                value={readable(factor.secret)}
                copyLabel={c('copy')}
                copiedLabel={c('copied')}
              />
              <LinkButton href={factor.uri} look="quiet" size="small">
                {t('openApp')}
              </LinkButton>
            </div>
          </Disclosure>
        </div>
      </Step>
      <Step number={2} title={t('step2')}>
        <p className="mt-1 max-w-note text-14 text-soft">{t('confirmNote')}</p>
      </Step>
    </ol>
  )
}

function Standing({ place, security, actions, factor }: Props & { factor: On }) {
  const { locale, name } = place
  const t = translator(locale, 'account.factor')
  const f = translator(locale, 'account.form')
  const { proof, asked } = security
  return (
    <div className="flex flex-col items-start gap-4">
      <StatusBadge tone="good" icon="check">
        {t('on')}
      </StatusBadge>
      <p className="max-w-note">{t('onBody')}</p>
      <p
        className={factor.codesLeft < 3 ? 'max-w-note font-medium text-warn' : 'max-w-note text-14 text-soft'}
      >
        {t('codesLeft', { count: factor.codesLeft })}
      </p>
      {proof === 'stale' ? (
        <StaleNotice locale={locale} />
      ) : (
        <ConfirmForm
          id="remove-factor"
          trigger={{ label: t('remove') }}
          title={t('removeTitle')}
          consequence={
            <>
              {t('removeBody', { count: factor.codesLeft })} {asked ? t('askedNote', { place: name }) : null}
            </>
          }
          action={actions.removeSecondFactor}
          submit={t('removeSubmit')}
          pendingLabel={f('working')}
          cancel={f('cancel')}
          messages={formWords(locale)}
        >
          <ProofField locale={locale} proof={proof} />
          <TextField
            name="code"
            label={t('removeCode')}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
          />
        </ConfirmForm>
      )}
    </div>
  )
}

/** What the form below asks for now. */
function stepOf({ place: { locale }, security }: Props): CodesStep {
  const t = translator(locale, 'account.factor')
  const { factor, proof } = security
  if (factor.state === 'begun') {
    return {
      ...{ does: 'confirm', submit: t('confirm'), pendingLabel: t('confirming') },
      fields: <CodeField name="code" label={t('code')} help={t('codeHelp')} />,
    }
  }
  return {
    does: factor.state === 'on' && proof !== 'stale' ? 'renew' : null,
    ...{ submit: t('renewSubmit'), pendingLabel: translator(locale, 'account.form')('working') },
    fields: (
      <>
        <div className="w-full border-t border-line pt-6">
          <h3 className="font-semibold">{t('renew')}</h3>
          <p className="mt-1 max-w-note text-14 text-soft">{t('renewBody')}</p>
        </div>
        <ProofField locale={locale} proof={proof} />
      </>
    ),
  }
}

/** The second step of signing in: set up, switch off, new recovery codes. */
export function FactorSection(props: Props) {
  const { place, security, actions } = props
  const { locale } = place
  const { factor } = security
  const t = translator(locale, 'account.factor')
  const labels = { code: t('code'), current: translator(locale, 'account.form')('current') }
  return (
    <Section id="second-step" title={t('title')} description={t('intro')}>
      <CodesForm
        confirm={actions.confirmSecondFactor}
        renew={actions.renewRecoveryCodes}
        step={stepOf(props)}
        labels={labels}
        messages={formWords(locale)}
        words={wordsOf(place, security.email)}
      >
        {factor.state === 'off' ? <Off {...props} /> : null}
        {factor.state === 'begun' ? <SetUp locale={locale} factor={factor} /> : null}
        {factor.state === 'on' ? <Standing {...props} factor={factor} /> : null}
      </CodesForm>
    </Section>
  )
}
