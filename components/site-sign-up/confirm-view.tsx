import { AuthFrame } from '#components/auth/auth-frame'
import { NewPasswordField } from '#components/auth/fields'
import { formWords } from '../auth/form-words'
import { ActionForm } from '#components/ui/action-form'
import { DefinitionList } from '#components/ui/definition-list'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { platformDoor } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { limitsOf } from '#lib/plans/rules'
import { type RequestView, SCHOOL_REQUEST_HOURS } from '#lib/schools/contract'
import { SUBDOMAIN_MAX, SUBDOMAIN_MIN } from '#lib/schools/rules'
import { AddressField } from './sign-up-view'

/** A link that opens nothing. It looks the same whether it is too old, forged or some other link. */
export function OverView({ locale }: { locale: string }) {
  const t = translator(locale, 'siteConfirm')
  return (
    <AuthFrame
      door={platformDoor(locale)}
      title={t('over')}
      intro={t('overBody', { hours: SCHOOL_REQUEST_HOURS })}
    >
      <div>
        <LinkButton href="/sign-up">{t('overAction')}</LinkButton>
      </div>
    </AuthFrame>
  )
}

/** What is about to be made, and the last things to choose: a password, and another address if that one is gone. */
export function ConfirmView({
  locale,
  rootHost,
  token,
  request,
  action,
}: {
  locale: string
  rootHost: string
  token: string
  request: RequestView
  action: FormAction
}) {
  const t = translator(locale, 'siteConfirm')
  const words = translator(locale, 'schoolAddress')
  const { people, courses } = limitsOf('FREE')
  return (
    <AuthFrame
      door={platformDoor(locale)}
      title={t('title', { school: request.schoolName })}
      intro={t('intro')}
      notice={
        request.fault === null ? null : (
          <Notice tone="warn" title={t('fault')}>
            {words(request.fault, { min: SUBDOMAIN_MIN, max: SUBDOMAIN_MAX })}
          </Notice>
        )
      }
    >
      <DefinitionList
        items={[
          {
            term: t('admin'),
            detail: (
              <>
                {request.adminName}
                <span className="block text-14 text-soft">{request.email}</span>
              </>
            ),
          },
          { term: t('plan'), detail: t('planWords', { people: people ?? 0, courses: courses ?? 0 }) },
        ]}
      />
      <ActionForm
        action={action}
        submit={t('submit')}
        pendingLabel={t('pending')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ token }} />
        <AddressField
          locale={locale}
          rootHost={rootHost}
          help={t('subdomainHelp')}
          defaultValue={request.subdomain}
        />
        <NewPasswordField locale={locale} email={request.email} label="password" autoFocus={false} />
      </ActionForm>
    </AuthFrame>
  )
}
