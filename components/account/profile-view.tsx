import { ActionForm } from '#components/ui/action-form'
import { Avatar } from '#components/ui/avatar'
import { FileField } from '#components/ui/file-field'
import type { FormAction } from '#components/ui/form-context'
import { Section } from '#components/ui/section'
import { SelectField } from '#components/ui/select-field'
import { TextField } from '#components/ui/text-field'
import { type AccountPlace, type Done, type ProfileView as Profile, timeZones } from '#lib/account/contract'
import { zoneGroups } from '#lib/account/rules'
import { IMAGE_TYPES } from '#lib/files/contract'
import { LINK_MINUTES } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { AccountFrame } from './account-frame'
import { DoneNotice } from './done-notice'
import { formWords } from '../form/form-words'
import { ProofField, StaleNotice } from './proof'

export type ProfileActions = Readonly<
  Record<'saveProfile' | 'saveAvatar' | 'removeAvatar' | 'changeEmail', FormAction>
>

type Props = { place: AccountPlace; profile: Profile; actions: ProfileActions }

function Picture({ place: { locale }, profile, actions }: Props) {
  const t = translator(locale, 'account.profile')
  return (
    <Section id="picture" title={t('picture')} description={t('pictureIntro')}>
      <div className="flex flex-col items-start gap-4">
        <ActionForm
          action={actions.saveAvatar}
          submit={t('upload')}
          submitLook="quiet"
          pendingLabel={t('uploading')}
          messages={formWords(locale)}
        >
          <FileField
            name="file"
            label={t('file')}
            help={t('fileHelp')}
            accept={IMAGE_TYPES.join(',')}
            current={<Avatar name={profile.name} src={profile.avatarUrl} size="lg" />}
          />
        </ActionForm>
        {profile.avatarUrl === null ? null : (
          <ActionForm
            action={actions.removeAvatar}
            submit={t('remove')}
            submitLook="plain"
            pendingLabel={t('removing')}
            messages={formWords(locale)}
          />
        )}
      </div>
    </Section>
  )
}

function About({ place, profile, actions }: Props) {
  const { locale, isSchool, ownTimeZone } = place
  const t = translator(locale, 'account.profile')
  const groups = zoneGroups(timeZones()).map(({ region, zones }) => ({
    label: region === 'UTC' ? t('otherZones') : region,
    options: zones.map(({ id, city }) => ({ value: id, label: city })),
  }))
  const usual = isSchool ? t('schoolZone', { zone: ownTimeZone.replaceAll('_', ' ') }) : t('siteZone')
  return (
    <Section id="about" title={t('about')} description={isSchool ? t('aboutIntro') : t('aboutIntroSite')}>
      <ActionForm
        action={actions.saveProfile}
        submit={t('save')}
        pendingLabel={t('saving')}
        messages={formWords(locale)}
      >
        <TextField
          name="name"
          label={t('name')}
          defaultValue={profile.name}
          autoComplete="name"
          maxLength={200}
        />
        <SelectField
          name="timeZone"
          label={t('timeZone')}
          help={t('timeZoneHelp')}
          options={[{ value: '', label: usual }]}
          groups={groups}
          defaultValue={profile.timeZone ?? ''}
        />
      </ActionForm>
    </Section>
  )
}

function Address({ place: { locale }, profile, actions }: Props) {
  const t = translator(locale, 'account.profile')
  const minutes = LINK_MINUTES.changeEmail
  return (
    <Section id="address" title={t('address')} description={t('addressIntro')}>
      <p className="mb-6 wrap-anywhere">{t('addressNow', { email: profile.email })}</p>
      {profile.proof === 'stale' ? (
        <StaleNotice locale={locale} />
      ) : (
        <ActionForm
          action={actions.changeEmail}
          submit={t('askAddress')}
          submitLook="quiet"
          pendingLabel={t('asking')}
          messages={formWords(locale)}
        >
          <TextField
            name="email"
            type="email"
            label={t('newAddress')}
            help={t('newAddressHelp', { minutes })}
            autoComplete="email"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
          />
          <ProofField locale={locale} proof={profile.proof} />
        </ActionForm>
      )}
    </Section>
  )
}

/** What a person says of themselves: picture, name, time zone, address. */
export function ProfileView({ done, ...props }: Props & { done: Done | undefined }) {
  const { locale, name, isSchool } = props.place
  const t = translator(locale, 'account.profile')
  return (
    <AccountFrame
      isSchool={isSchool}
      locale={locale}
      current="profile"
      title={t('title')}
      intro={isSchool ? t('intro', { place: name }) : t('introSite')}
      notices={<DoneNotice place={props.place} done={done} />}
    >
      {isSchool ? <Picture {...props} /> : null}
      <About {...props} />
      <Address {...props} />
    </AccountFrame>
  )
}
