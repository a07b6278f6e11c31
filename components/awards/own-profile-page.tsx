import { ActionForm } from '#components/ui/action-form'
import { Avatar } from '#components/ui/avatar'
import { CheckboxField } from '#components/ui/checkbox-field'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Section } from '#components/ui/section'
import type { ChoicesView, OwnProfile } from '#lib/awards/contract'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { ProfileBody } from './profile-body'
import { StreakPart } from './streak-part'

type Done = 'shared' | 'closed' | 'hidden' | 'seen'

type Props = Readonly<{
  locale: string
  own: OwnProfile
  now: Date
  done: Done | undefined
  actions: Readonly<{ share: FormAction; hide: FormAction }>
}>

function Share({ locale, own, action }: { locale: string; own: OwnProfile; action: FormAction }) {
  const t = translator(locale, 'profile.share')
  const { choices, userId } = own
  const part = (name: 'badges' | 'streak' | 'certificates', help?: string) => (
    <CheckboxField
      name={name}
      label={t(name)}
      defaultChecked={choices[name]}
      {...(help === undefined ? {} : { help })}
    />
  )
  return (
    <Section id="share" title={t('title')} description={t('body')}>
      <ActionForm
        action={action}
        submit={t('save')}
        submitLook="quiet"
        pendingLabel={t('saving')}
        messages={formWords(locale)}
        extra={
          choices.open ? (
            <LinkButton href={`/people/${userId}`} look="plain">
              {t('look')}
            </LinkButton>
          ) : null
        }
      >
        <div>
          <CheckboxField name="open" label={t('open')} help={t('openHelp')} defaultChecked={choices.open} />
          <div className="ms-8">
            {part('badges')}
            {part('streak', t('streakHelp'))}
            {part('certificates')}
          </div>
        </div>
      </ActionForm>
    </Section>
  )
}

function Hide({ locale, choices, action }: { locale: string; choices: ChoicesView; action: FormAction }) {
  const t = translator(locale, 'profile.hide')
  return (
    <Section id="hide" title={t('title')} description={t('body')}>
      <ActionForm
        action={action}
        submit={t('save')}
        submitLook="quiet"
        pendingLabel={t('saving')}
        messages={formWords(locale)}
      >
        <CheckboxField name="hidden" label={t('hidden')} defaultChecked={choices.hidden} />
      </ActionForm>
    </Section>
  )
}

/** One's own profile, and who else sees it. */
export function OwnProfilePage({ locale, own, now, done, actions }: Props) {
  const t = translator(locale, 'profile')
  const { profile, choices } = own
  const { streak, timeZone, name, avatarUrl } = profile
  return (
    <>
      {done === undefined ? null : (
        <div className="mb-8" role="status" data-chrome>
          <Notice tone="good" title={t(`done.${done}`)} />
        </div>
      )}
      <div className="flex items-start gap-4 sm:gap-6">
        <Avatar name={name} src={avatarUrl} size="lg" />
        <div className="min-w-0 grow">
          <PageHeader title={name} intro={t('intro')} />
        </div>
      </div>
      <div className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        {streak === null ? null : (
          <div className="min-w-0 lg:col-start-2 lg:row-start-1">
            <StreakPart locale={locale} timeZone={timeZone} now={now} streak={streak.now} href={null} />
          </div>
        )}
        <div className="min-w-0 lg:col-start-1 lg:row-start-1">
          <ProfileBody locale={locale} profile={profile} own />
        </div>
      </div>
      <div className="mt-12 border-t border-line" data-chrome>
        <Share locale={locale} own={own} action={actions.share} />
        <Hide locale={locale} choices={choices} action={actions.hide} />
      </div>
    </>
  )
}
