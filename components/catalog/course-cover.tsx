import { CoverArt } from '#components/ui/cover-art'

/**
 * A course's picture in 16:9: the uploaded one, else one drawn from its id. Decorative in either case, because
 * the title always stands beside it.
 */
export function CourseCover({
  courseId,
  coverUrl,
  eager = false,
}: {
  courseId: string
  coverUrl: string | null
  /** True for the picture that the first screen shows. */
  eager?: boolean
}) {
  return (
    <div className="aspect-video overflow-hidden rounded-md bg-sunken">
      {coverUrl === null ? (
        <CoverArt seed={courseId} />
      ) : (
        <img
          src={coverUrl}
          alt=""
          width={640}
          height={360}
          loading={eager ? 'eager' : 'lazy'}
          className="size-full object-cover"
        />
      )}
    </div>
  )
}
