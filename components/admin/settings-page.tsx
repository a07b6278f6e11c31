import { ActionForm } from '#components/ui/action-form'
import { CheckboxField } from '#components/ui/checkbox-field'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { RadioGroup } from '#components/ui/radio-group'
import { Section } from '#components/ui/section'
import { TextArea } from '#components/ui/text-area'
import { translator } from '#lib/i18n/translate'
import { DOMAINS_MAX, type SignInSettings } from '#lib/school/contract'
import { MOST_DOMAINS } from '#lib/school/rules'
import { AdminPage, type AdminProps } from './admin-page'
import { formWords } from '../form/form-words'

function Joining({ locale, settings }: { locale: string; settings: SignInSettings }) {
  const t = translator(locale, 'settings')
  return (
    <div className="flex flex-col gap-6">
      <RadioGroup
        name="signUp"
        label={t('signUp')}
        defaultValue={settings.signUp}
        choices={[
          { value: 'INVITED', label: t('invited'), description: t('invitedBody') },
          { value: 'OPEN', label: t('open'), description: t('openBody') },
        ]}
      />
      <TextArea
        name="mailDomains"
        label={t('domains')}
        help={t('domainsHelp', { count: MOST_DOMAINS })}
        optional={t('optional')}
        defaultValue={settings.mailDomains.join('\n')}
        rows={3}
        maxLength={DOMAINS_MAX}
        mono
      />
    </div>
  )
}

function Staff({ locale, settings }: { locale: string; settings: SignInSettings }) {
  const t = translator(locale, 'settings')
  return (
    <div className="flex flex-col gap-6">
      {settings.ownSecondFactor ? null : (
        <Notice
          tone="info"
          title={t('ownFirstTitle')}
          action={
            <LinkButton href="/account/security" look="quiet" size="small">
              {t('ownFirstAction')}
            </LinkButton>
          }
        >
          {t('ownFirst')}
        </Notice>
      )}
      <CheckboxField
        name="staffSecondFactor"
        label={t('staffFactor')}
        help={t('staffHelp', { count: settings.staffWithout })}
        defaultChecked={settings.staffSecondFactor}
      />
    </div>
  )
}

/** Who may join the school, how its staff sign in, and whether learners may ask a tutor. */
export function SettingsPage({
  schoolName,
  settings,
  saved,
  action,
  ...admin
}: AdminProps & { schoolName: string; settings: SignInSettings; saved: boolean; action: FormAction }) {
  const { locale } = admin
  const t = translator(locale, 'settings')
  return (
    <AdminPage {...admin} current="settings">
      {saved ? (
        <div className="mb-8" role="status">
          <Notice tone="good" title={t('saved')} />
        </div>
      ) : null}
      <PageHeader title={t('title')} intro={t('intro', { school: schoolName })} />
      <ActionForm action={action} submit={t('save')} pendingLabel={t('saving')} messages={formWords(locale)}>
        <HiddenFields values={{ seen: settings.seen }} />
        <div>
          <Section id="joining" title={t('joinTitle')} description={t('joinBody')}>
            <Joining locale={locale} settings={settings} />
          </Section>
          <Section id="staff" title={t('staffTitle')} description={t('staffBody')}>
            <Staff locale={locale} settings={settings} />
          </Section>
          <Section id="tutor" title={t('tutorTitle')} description={t('tutorBody')}>
            <CheckboxField
              name="tutor"
              label={t('tutor')}
              help={t('tutorHelp')}
              defaultChecked={settings.tutor}
            />
          </Section>
        </div>
      </ActionForm>
    </AdminPage>
  )
}
