import type { check as german } from '../de/check.ts'
import type { Translations } from '../translation.ts'

/** Arabic: the check page, the list of checks and the timeline. */
export const check: Translations<typeof german> = {
  '{count} tries left': {
    zero: 'لم تبقَ أي محاولة',
    one: 'بقيت محاولة واحدة',
    two: 'بقيت محاولتان',
    few: 'بقيت {count} محاولات',
    many: 'بقيت {count} محاولة',
    other: 'بقيت {count} محاولة',
  },
}
