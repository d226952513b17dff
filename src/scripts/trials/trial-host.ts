import { isJsonObject, type Json } from '../../engine/json.ts'
import type { HostCall, ScriptHost } from '../../sandbox/script-engine.ts'
import type { TrialResponse } from './trial-request.ts'

/** Something that a script did to the world, or would have. */
export type TrialCall = { op: string; summary: string; isMade: boolean }

/** A call, and when it came: milliseconds since the trial began. */
export type TimedCall = TrialCall & { at: number }

/** Calls that change people. */
const writes: ReadonlySet<string> = new Set([
  'openidm.create',
  'openidm.update',
  'openidm.patch',
  'openidm.delete',
  'openidm.action',
  'idRepository.store',
  'deviceProfilesDao.saveDeviceProfiles',
])

const sending = 'httpClient.send'

/**
 * Notes what a script does to the world. Without effects nothing is sent: an HTTP request gets the next of the answers
 * that were given for it. That no person is changed is for the identity unit behind the host to see to.
 */
export function trialHost(
  host: ScriptHost,
  effects: boolean,
  responses: readonly TrialResponse[],
): { host: ScriptHost; calls: TimedCall[] } {
  const calls: TimedCall[] = []
  const startedAt = performance.now()
  const left = [...responses]
  return {
    calls,
    async host(call) {
      if (call.op !== sending && !writes.has(call.op)) return host(call)
      calls.push({
        op: call.op,
        summary: summaryOf(call),
        isMade: effects,
        at: performance.now() - startedAt,
      })
      return call.op === sending && !effects ? answerOf(left.shift()) : host(call)
    },
  }
}

/** What happens, and to whom; never what with. */
function summaryOf({ op, args }: HostCall): string {
  const [first] = args
  if (op === sending) return isJsonObject(first) ? `${first.method} ${first.url}` : op
  return typeof first === 'string' ? `${op} ${first}` : op
}

function answerOf({ status, headers, body }: TrialResponse = { status: 200, headers: {}, body: '{}' }): Json {
  return { status, statusText: '', headers, body }
}
