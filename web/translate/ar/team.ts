import type { team as german } from '../de/team.ts'
import type { Translations } from '../translation.ts'

/** Arabic: the frame, new checks, history, hand-over, approvals, the wall and the numbers. */
export const team: Translations<typeof german> = {
  Language: 'اللغة',
}
