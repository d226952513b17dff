import * as z from 'zod/mini'
import type { AuditFilter } from '../../api/audit.ts'
import { textParam } from '../components/text-param.ts'

/** Filter and open entry, kept in the URL so that links can be shared. */
export const auditSearch = z.object({
  event: textParam,
  result: z.catch(z.optional(z.enum(['SUCCESSFUL', 'FAILED', 'UNKNOWN'])), undefined),
  who: textParam,
  whom: textParam,
  ticket: textParam,
  transaction: textParam,
  from: textParam,
  to: textParam,
  text: textParam,
  all: z.catch(z.optional(z.boolean()), undefined),
  entry: z.catch(z.optional(z.number()), undefined),
})

export type AuditSearch = z.infer<typeof auditSearch>

/** The filter for the server. Only the root realm can ask for all realms. */
export function filterOf({ all, entry: _entry, ...texts }: AuditSearch, realm: string): AuditFilter {
  const { event, result, who, whom, ticket, transaction, from, to, text } = texts
  const filter = { event, result, who, whom, ticket, transaction, from, to, text }
  return all === true && realm === '/' ? { ...filter, allRealms: true } : filter
}

const ended = 'AM-TREE-LOGIN-COMPLETED'

/** Whether the filter shows only journeys that failed. */
export function isFailedSignIns({ event, result }: AuditSearch): boolean {
  return event === ended && result === 'FAILED'
}

/** The part of a filter that shows only journeys that failed, or that shows other entries again. */
export function failedSignIns(isOnly: boolean): Pick<AuditSearch, 'event' | 'result'> {
  return isOnly ? { event: ended, result: 'FAILED' } : { event: undefined, result: undefined }
}

export function isFiltered(filter: AuditFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined)
}

/** An ISO time as the value of a `datetime-local` input: local time, without seconds. */
export function toLocalInput(iso: string | undefined): string {
  const time = new Date(iso ?? '')
  if (Number.isNaN(time.getTime())) return ''
  const offset = time.getTimezoneOffset() * 60_000
  return new Date(time.getTime() - offset).toISOString().slice(0, 16)
}

/** The value of a `datetime-local` input as ISO time. */
export function toIsoTime(local: string): string | undefined {
  const time = new Date(local)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
