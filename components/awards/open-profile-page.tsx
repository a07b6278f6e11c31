import { Avatar } from '#components/ui/avatar'
import { PageHeader } from '#components/ui/page-header'
import type { ProfileView } from '#lib/awards/contract'
import { translator } from '#lib/i18n/translate'
import { ProfileBody } from './profile-body'

/** Somebody's profile as people of their school see it: what they chose to show, and nothing else. */
export function OpenProfilePage({ locale, profile }: { locale: string; profile: ProfileView }) {
  const { name, avatarUrl } = profile
  return (
    <>
      <div className="flex items-start gap-4 sm:gap-6">
        <Avatar name={name} src={avatarUrl} size="lg" />
        <div className="min-w-0 grow">
          <PageHeader title={name} intro={translator(locale, 'profile')('others', { name })} />
        </div>
      </div>
      <ProfileBody locale={locale} profile={profile} own={false} />
    </>
  )
}
