import type { ReactNode } from 'react'
import { formWords } from '../form/form-words'
import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Section } from '#components/ui/section'
import { translator } from '#lib/i18n/translate'
import type { PersonView } from '#lib/people/contract'
import type { PersonActions } from './person-actions'

type Props = { locale: string; person: PersonView; actions: PersonActions }

/** One thing that can be done, with what it means; without a button where there is nothing to do. */
function Line({ about, children }: { about: string; children?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-4 first:pt-0">
      <p className="min-w-0 max-w-note grow basis-56 text-14 text-soft">{about}</p>
      {children}
    </li>
  )
}

function SignOut({ locale, person, actions }: Props) {
  const t = translator(locale, 'people.person')
  if (person.sessions === 0) return <Line about={t('signOutNone')} />
  return (
    <Line about={t('signOutAbout', { count: person.sessions })}>
      <ActionForm
        action={actions.signOut}
        submit={t('signOut')}
        submitLook="quiet"
        pendingLabel={translator(locale, 'people')('pending')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ userId: person.id }} />
      </ActionForm>
    </Line>
  )
}

function Factor({ locale, person, actions }: Props) {
  const t = translator(locale, 'people.person')
  if (!person.secondFactor) return <Line about={t('resetFactorNone')} />
  return (
    <Line about={t('resetFactorAbout')}>
      <ConfirmForm
        id="reset-factor"
        trigger={{ label: t('resetFactor') }}
        title={t('resetFactorTitle', { name: person.name })}
        consequence={t('resetFactorConsequence', { email: person.email })}
        action={actions.resetSecondFactor}
        values={{ userId: person.id }}
        submit={t('resetFactor')}
        pendingLabel={translator(locale, 'people')('pending')}
        cancel={translator(locale, 'admin.form')('cancel')}
        messages={formWords(locale)}
      />
    </Line>
  )
}

function Disable({ locale, person, actions }: Props) {
  const t = translator(locale, 'people.person')
  const pendingLabel = translator(locale, 'people')('pending')
  if (person.state === 'disabled') {
    return (
      <Line about={t('enableAbout')}>
        <ActionForm
          action={actions.enable}
          submit={t('enable')}
          submitLook="quiet"
          pendingLabel={pendingLabel}
          messages={formWords(locale)}
        >
          <HiddenFields values={{ userId: person.id }} />
        </ActionForm>
      </Line>
    )
  }
  if (person.lastAdmin) return null
  return (
    <Line about={t('disableAbout')}>
      <ConfirmForm
        id="disable"
        trigger={{ label: t('disable') }}
        title={t('disableTitle', { name: person.name })}
        consequence={t('disableConsequence', { count: person.sessions })}
        action={actions.disable}
        values={{ userId: person.id }}
        submit={t('disable')}
        pendingLabel={pendingLabel}
        cancel={translator(locale, 'admin.form')('cancel')}
        messages={formWords(locale)}
      />
    </Line>
  )
}

/** How a person comes in, and what keeps them out. */
export function PersonAccess(props: Props) {
  const t = translator(props.locale, 'people.person')
  return (
    <Section id="access" title={t('accessTitle')} description={t('accessIntro')}>
      <ul className="divide-y divide-line">
        <SignOut {...props} />
        <Factor {...props} />
        <Disable {...props} />
      </ul>
    </Section>
  )
}
