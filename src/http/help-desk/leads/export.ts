import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { exportFormats, exportNumbers } from '../../../../contract/leads.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { defined } from '../../../engine/defined.ts'
import { badRequest } from '../../../errors.ts'
import { countedPages } from '../../../help-desk/leads/counted-pages.ts'
import { csvHead, csvLine, exportLine } from '../../../help-desk/leads/export-line.ts'
import type { CountedQuery, LeadStore } from '../../../help-desk/leads/lead-store.ts'
import { partyOf } from '../../audit/call-audit.ts'
import { always, type Call, type Reply, type Route } from '../../route.ts'
import { type Period, periodIn } from './period.ts'

type ExportDependencies = {
  stores: { leads: Pick<LeadStore, 'counted'> }
  now(): number
  audit(call: Call): AuditTrail
}

type Format = (typeof exportFormats)[number]

const contentTypes = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const

/** The checks of a period as a file, for leads. Not in AM. */
export function exportRoutes(from: ExportDependencies): Route[] {
  return [
    {
      ...exportNumbers,
      access: 'transactions',
      dangerous: always,
      summary: 'Exports the checks of a period, one a line (`from`, `to`; `format`: `csv` or `ndjson`).',
      handle: (call) => exportPeriod(from, call),
    },
  ]
}

async function exportPeriod({ stores, now, audit }: ExportDependencies, call: Call): Promise<Reply> {
  const period = periodIn(call.query)
  const format = formatIn(call.query.get('format'))
  const session = (await call.session())?.session
  audit(call).record({
    eventName: 'SIDEGATE-HELPDESK-EXPORT',
    result: 'SUCCESSFUL',
    ...defined({ who: session && partyOf(session) }),
    period,
  })
  const lines = linesOf(stores.leads, { realm: call.realm.path, ...period }, format, now())
  return {
    stream(reply: FastifyReply) {
      reply
        .type(contentTypes[format])
        .header('content-disposition', `attachment; filename="${fileName(period, format)}"`)
        .send(Readable.from(lines))
    },
  }
}

async function* linesOf(
  store: ExportDependencies['stores']['leads'],
  period: Pick<CountedQuery, 'realm' | 'from' | 'to'>,
  format: Format,
  now: number,
): AsyncGenerator<string> {
  const textOf = format === 'csv' ? csvLine : (line: object) => `${JSON.stringify(line)}\n`
  if (format === 'csv') yield csvHead
  for await (const page of countedPages(store, period)) {
    yield page.map((check) => textOf(exportLine(check, now))).join('')
  }
}

/** Days in UTC. */
function fileName({ from, to }: Period, format: Format): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  return `checks-${day(from)}-${day(to - 1)}.${format}`
}

function formatIn(text: string | null): Format {
  const format = exportFormats.find((each) => each === (text || 'csv'))
  if (format === undefined)
    throw badRequest(`The query parameter format must be one of ${exportFormats.join(', ')}`)
  return format
}
