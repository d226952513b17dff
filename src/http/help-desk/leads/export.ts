import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { exportFormats, exportNumbers } from '../../../../contract/leads.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { defined } from '../../../base/defined.ts'
import { badRequest } from '../../../base/errors.ts'
import { countedPages } from '../../../help-desk/leads/counted-pages.ts'
import { csvHead, csvLine, exportLine } from '../../../help-desk/leads/export-line.ts'
import type { CountedCheck, LeadStore } from '../../../help-desk/leads/lead-store.ts'
import { partyOf } from '../../audit/call-audit.ts'
import { always, type Call, type Reply, type Route } from '../../route.ts'
import type { GrantSources } from '../checks/grant-now.ts'
import { stateOfResult } from '../transactions/listed-grant.ts'
import { type Period, periodIn } from './period.ts'

type ExportDependencies = GrantSources & {
  stores: { leads: Pick<LeadStore, 'counted'> }
  audit(call: Call): AuditTrail
}

type Format = (typeof exportFormats)[number]

const contentTypes = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const

/** The checks of a period as a file, for leads. Not in AM. */
export function exportRoutes(from: ExportDependencies): Route[] {
  return [
    {
      ...exportNumbers,
      contentTypes: ['text/csv', 'application/x-ndjson'],
      // rule H22: otherwise agents export the checks of all agents
      access: 'transactions',
      // rule H22: otherwise a session at an unattended desk exports the checks
      dangerous: always,
      summary: 'Exports the checks of a period, one a line (`from`, `to`; `format`: `csv` or `ndjson`).',
      handle: (call) => exportPeriod(from, call),
    },
  ]
}

async function exportPeriod(from: ExportDependencies, call: Call): Promise<Reply> {
  const period = periodIn(call.query)
  const format = formatIn(call.query.get('format'))
  const session = (await call.session())?.session
  // rule H22: otherwise an export leaves no trace
  from.audit(call).record({
    eventName: 'SIDEGATE-HELPDESK-EXPORT',
    result: 'SUCCESSFUL',
    ...defined({ who: session && partyOf(session) }),
    period,
  })
  const lines = linesOf(from, call.realm, period, format)
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
  from: ExportDependencies,
  { path: realm, settings }: Call['realm'],
  period: Period,
  format: Format,
): AsyncGenerator<string> {
  const textOf = format === 'csv' ? csvLine : (line: object) => `${JSON.stringify(line)}\n`
  const now = from.now()
  async function lineOf(check: CountedCheck): Promise<string> {
    const result = await stateOfResult(from, check, check.proof, settings)
    return textOf(exportLine(check, now, result?.state))
  }
  if (format === 'csv') yield csvHead
  for await (const page of countedPages(from.stores.leads, { realm, ...period })) {
    yield (await Promise.all(page.map(lineOf))).join('')
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
