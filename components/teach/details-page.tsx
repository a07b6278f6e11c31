import { ActionForm } from '#components/ui/action-form'
import { FileField } from '#components/ui/file-field'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Section } from '#components/ui/section'
import { IMAGE_TYPES, MAX_IMAGE_BYTES } from '#lib/files/contract'
import { formatter, translator } from '#lib/i18n/translate'
import type { CourseHead, DetailsDone, DetailsView } from '#lib/teach/contract'
import { CourseCover } from '../catalog/course-cover'
import { CourseFrame } from './course-frame'
import { DetailsFields } from './details-fields'
import { DetailsForm } from './details-form'
import type { DetailsReader } from './details-reader'
import { formWords } from '../form/form-words'

type Props = Readonly<{
  locale: string
  /** IANA, of the school. */
  schoolZone: string
  course: CourseHead
  view: DetailsView
  done: DetailsDone | undefined
  actions: Readonly<{ save: FormAction; read: DetailsReader; upload: FormAction; removeCover: FormAction }>
}>

function Cover({ locale, course, view, actions }: Pick<Props, 'locale' | 'course' | 'view' | 'actions'>) {
  const t = translator(locale, 'teach.details')
  const size = formatter(locale, 'UTC').number(MAX_IMAGE_BYTES / 1024 ** 2, {
    style: 'unit',
    unit: 'megabyte',
  })
  return (
    <div className="flex flex-col gap-6">
      <div className="w-64 max-w-full">
        <CourseCover courseId={course.id} coverUrl={view.coverUrl} />
      </div>
      <ActionForm
        action={actions.upload}
        submit={t('upload')}
        submitLook="quiet"
        pendingLabel={t('uploading')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ courseId: course.id }} />
        <FileField
          name="file"
          label={t('cover')}
          help={t('coverHelp', { size })}
          accept={IMAGE_TYPES.join(',')}
        />
      </ActionForm>
      {view.coverUrl === null ? null : (
        <ActionForm
          action={actions.removeCover}
          submit={t('removeCover')}
          submitLook="risky"
          pendingLabel={translator(locale, 'teach.form')('pending')}
          messages={formWords(locale)}
        >
          <HiddenFields values={{ courseId: course.id }} />
        </ActionForm>
      )}
    </div>
  )
}

/** What a course is about, who may take it, and its face. */
export function DetailsPage({ locale, schoolZone, course, view, done, actions }: Props) {
  const t = translator(locale, 'teach.details')
  return (
    <CourseFrame
      locale={locale}
      course={course}
      current="details"
      done={done === undefined ? null : t(`done.${done}`)}
    >
      <Section id="about" title={t('aboutTitle')} description={t('aboutBody')}>
        <DetailsForm
          courseId={course.id}
          base={view.details}
          action={actions.save}
          read={actions.read}
          words={{
            save: t('save'),
            saving: translator(locale, 'teach.form')('saving'),
            conflictTitle: t('conflictTitle'),
            conflictBody: t('conflictBody'),
          }}
          messages={formWords(locale)}
        >
          <DetailsFields locale={locale} schoolZone={schoolZone} view={view} />
        </DetailsForm>
      </Section>
      <Section id="cover" title={t('coverTitle')} description={t('coverBody')}>
        <Cover locale={locale} course={course} view={view} actions={actions} />
      </Section>
    </CourseFrame>
  )
}
