import { hash } from 'node:crypto'
import type { Statement } from '../../src/store/query.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'

/** A row of a kind of thing, with the columns that changes touch. Times are epoch milliseconds. */
export type Thing = Readonly<Record<string, unknown>>

/** Checks by hash, requests for approval and journey sessions by id. */
export type Things = Readonly<Record<string, Thing>>

/**
 * Everything that the database says. The same content is the same object. `number` names it; `from`: the content and the unit that
 * led to it first.
 */
export type Content = Readonly<{
  number: number
  things: Things
  events: readonly Row[]
  deliveries: readonly Row[]
  from: Cause | undefined
}>

export type Cause = Readonly<{ content: Content; unit: readonly Statement<string>[] }>

type Row = readonly unknown[]

const ofTransaction =
  'id_hash realm subject_id vouch_for_id state result denial is_cancelled agent_id offered_to expires_at ended_at rejected_at pause_lifted rejection_read_at lead_read_at viewed_at confirmed_at sent_at messaged_at notification_data sequence'
const ofVerification =
  'tries_left matched_at is_bound level used_at used_by used_key withdrawn_at withdrawn_by'
const ofApproval = 'id realm journey_session state answered_by created_at expires_at answered_at used_at'
const ofJourney = 'id_hash step body outcome claimed_by claimed_until'

const words = (names: string, table = '') => names.split(' ').map((name) => table + name)

const sent = (table: string) => `union all select '${table}', id, '', attempts, realm from ${table}`

const tables = {
  checks: `select ${[...words(ofTransaction, 't.'), ...words(ofVerification, 'v.')]}, s.mac, s.used_at as code_used_at
    from transactions t left join verifications v on v.id_hash = t.id_hash left join short_codes s on s.id_hash = t.id_hash
    order by t.id_hash`,
  approvals: `select ${words(ofApproval)} from approvals order by id`,
  journeys: `select ${words(ofJourney)} from journey_sessions order by id_hash`,
  events: 'select id_hash, sequence, at, kind, key from transaction_events order by id_hash, sequence',
  deliveries: `select 'delivery' as what, coalesce(transaction_hash, id), event, sequence, receiver from deliveries
    union all select 'call', about, source, attempts, id from calls
    union all select 'owed', transaction_hash, about, 0, id from calls_at_end
    union all select 'hook', id, events, is_enabled, realm from receivers
    ${sent('mails')} ${sent('messages')} order by 1, 2, 3, 4, 5`,
} as const

/** @returns a function that reads everything that changes touch. */
export function contentReader({ raw }: Connection): (cause?: Cause) => Content {
  const readers = Object.values(tables).map((sql) => {
    const statement = raw.prepare(sql)
    const names = statement.columns().map(({ name }) => name)
    statement.setReturnArrays(true)
    // With `setReturnArrays`, rows are arrays, which the types don't say.
    return { names, read: () => statement.all() as unknown as Row[] }
  })
  const known = new Map<string, Content>()
  return (from) => {
    const found = readers.map(({ read }) => read())
    const name = hash('md5', JSON.stringify(found), 'base64')
    const content = known.get(name) ?? { ...contentOf(found, readers), number: known.size, from }
    known.set(name, content)
    return content
  }
}

/** Keys of the requests that a check has seen. */
export function keysOf({ keys }: Thing): readonly unknown[] {
  return Array.isArray(keys) ? keys : []
}

function contentOf(
  found: readonly (readonly Row[])[],
  readers: readonly { names: readonly string[] }[],
): Pick<Content, 'things' | 'events' | 'deliveries'> {
  const [checks = [], approvals = [], journeys = [], events = [], deliveries = []] = found
  const things: Record<string, Thing> = {}
  for (const [index, rows] of [checks, approvals, journeys].entries()) {
    const names = readers[index]?.names ?? []
    for (const row of rows) {
      things[String(row[0])] = Object.fromEntries(names.map((column, place) => [column, row[place]]))
    }
  }
  for (const [id, , , , key] of events) {
    const thing = things[String(id)]
    if (key !== null && thing !== undefined) things[String(id)] = { ...thing, keys: [...keysOf(thing), key] }
  }
  return { things, events, deliveries }
}
