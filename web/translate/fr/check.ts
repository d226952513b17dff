import type { check as german } from '../de/check.ts'
import type { Translations } from '../translation.ts'

/** French: the check page, the list of checks and the timeline. */
export const check: Translations<typeof german> = {
  '{count} tries left': { one: 'Encore {count} essai', other: 'Encore {count} essais' },
}
