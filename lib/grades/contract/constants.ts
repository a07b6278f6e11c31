/** What both the browser and the server go by, without the parsers beside it. */

export const CATEGORIES_MOST = 20
export const LETTERS_MOST = 20
export const ITEMS_MOST = 500
export const REASON_MAX = 2_000
export const QUESTION_MAX = 4_000
/** The item that is the grade of the whole course, in percent. */
export const COURSE_ITEM = 'course'
/** How an item takes part that the scheme doesn't name. */
export const PLAIN: Readonly<{ categoryId: string | null; extraCredit: boolean; counts: boolean }> = {
  categoryId: null,
  extraCredit: false,
  counts: true,
}
