import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import { parsedJson } from '../../base/json.ts'
import type { DraftWalk } from '../../walks/draft-walk.ts'
import { unfinished } from '../unfinished.ts'

const infoSchema = z.looseObject({
  treeName: z.string(),
  displayName: z.string().optional(),
  nodeOutcome: z.string().optional(),
  nodeId: z.string().optional(),
})

const eventSchema = z.object({
  eventName: z.string(),
  timestamp: z.string(),
  transactionId: z.string().default(''),
  trackingIds: z.array(z.string()).default([]),
  realm: z.string().optional(),
  result: z.string().optional(),
  entries: z.array(z.looseObject({ info: z.unknown() })).default([]),
})

type LogEvent = z.infer<typeof eventSchema>

const completedNode = 'AM-NODE-LOGIN-COMPLETED'
const completedTree = 'AM-TREE-LOGIN-COMPLETED'

/** What nodes know: whether a node sends callbacks, by its display name or id. */
export type SendsCallbacks = (node: string) => boolean

/**
 * Reads log events of AM or AIC: JSON lines, a list, or the answer of the log API (`{ "result": [ … ] }`).
 * @throws OperationError that names the line, for text of another kind.
 */
export function readLogEvents(file: string, text: string): LogEvent[] {
  return recordsIn(file, text)
    .map((record) => eventSchema.safeParse(payloadOf(record)))
    .flatMap(({ data }) => data ?? [])
    .filter(({ eventName }) => eventName === completedNode || eventName === completedTree)
}

function recordsIn(file: string, text: string): unknown[] {
  const whole = parsedJson(text)
  if (Array.isArray(whole)) return whole
  if (typeof whole === 'object' && whole !== null && 'result' in whole && Array.isArray(whole.result))
    return whole.result
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const record = parsedJson(line)
    if (record === undefined) {
      throw new OperationError(
        `${file}:${index + 1}: is not JSON. Log events are JSON lines, or {"result": [ … ]} of the log API.`,
      )
    }
    return [record]
  })
}

/** The log API wraps events, and some exports have them as text. */
function payloadOf(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || !('payload' in record)) return record
  return typeof record.payload === 'string' ? parsedJson(record.payload) : record.payload
}

/** One run of a journey in the logs. */
type LoggedRun = {
  nodes: { name: string; outcome: string | undefined }[]
  end: 'success' | 'failure' | undefined
}

/** Writes the paths of a journey's runs as walks. The logs don't have the answers, so these are marked as not finished. */
export function walksFromLogs(
  events: readonly LogEvent[],
  { journey, realm, sendsCallbacks }: { journey: string; realm: string; sendsCallbacks: SendsCallbacks },
): DraftWalk[] {
  const ofRealm = events.filter((event) => event.realm === undefined || event.realm === realm)
  const sorted = ofRealm.toSorted((left, right) => Date.parse(left.timestamp) - Date.parse(right.timestamp))
  const runs = [...Map.groupBy(sorted, runOf).values()].flatMap((each) => runsIn(each, journey))
  const drafts = runs.map((run) => draftOf(run, sendsCallbacks))
  // Equal paths are one walk.
  return [...new Map(drafts.map((draft) => [JSON.stringify([draft.path, draft.ends]), draft])).values()]
}

/** Requests of one sign-in share a tracking id; the transaction id differs by a suffix. */
function runOf({ trackingIds, transactionId }: LogEvent): string {
  return trackingIds[0] ?? transactionId.replace(/(-request-\d+)?(\/\d+)*$/, '')
}

/** The runs of a journey among the events of one sign-in. */
function runsIn(events: readonly LogEvent[], journey: string): LoggedRun[] {
  const runs: LoggedRun[] = []
  let nodes: LoggedRun['nodes'] = []
  let isOfJourney = false
  for (const { eventName, entries, result } of events) {
    const { data: info } = infoSchema.safeParse(entries[0]?.info)
    if (info === undefined) continue
    if (info.treeName === journey) isOfJourney = true
    if (eventName === completedNode) {
      nodes.push({ name: info.displayName || info.nodeId || '', outcome: info.nodeOutcome })
    } else {
      if (info.treeName === journey)
        runs.push({ nodes, end: result === 'SUCCESSFUL' ? 'success' : 'failure' })
      nodes = []
      isOfJourney = false
    }
  }
  return isOfJourney && nodes.length > 0 ? [...runs, { nodes, end: undefined }] : runs
}

function draftOf({ nodes, end }: LoggedRun, sendsCallbacks: SendsCallbacks): DraftWalk {
  const asking = nodes.filter(({ name }) => sendsCallbacks(name))
  const last = nodes.slice(-3).map(({ name }) => name)
  const word = end === 'success' ? 'succeeds' : end === 'failure' ? 'fails' : 'goes on'
  return {
    it: `${word} after ${last.join(', ')}`,
    generated: true,
    steps: (asking.length === 0 ? [{ name: 'the first page' }] : asking).map(({ name }) => ({
      answer: { [name]: unfinished },
    })),
    ...(end === undefined ? {} : { ends: end }),
    path: nodes.map(({ name, outcome }) => (outcome === undefined ? name : `${name} → ${outcome}`)),
  }
}
