import * as z from 'zod/mini'
import type { AuditFilter } from '../../api/audit.ts'
import { failedSignIns } from '../audit/filter.ts'
import { textParam } from '../components/text-param.ts'

/** The filter, kept in the URL so that links can be shared. */
export const failedSignInsSearch = z.object({
  /** Username or object id. */
  person: textParam,
  journey: textParam,
})

export type FailedSignInsSearch = z.infer<typeof failedSignInsSearch>

/** The audit entries that are failed sign-ins. A person whose new sign-in fails during a session is `who`, and not `whom`. */
export function filterOf({ person, journey }: FailedSignInsSearch): AuditFilter {
  return { ...failedSignIns(true), person, journey }
}
