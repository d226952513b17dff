import { isJsonObject, type Json } from '../../base/json.ts'
import type { HostCall, ScriptHost } from '../../sandbox/script-engine.ts'
import type { TrialResponse } from './trial-request.ts'

/** A call with effects. `isMade`: it was sent, and not only recorded. */
export type TrialCall = { op: string; summary: string; isMade: boolean }

/** `at` is in milliseconds since the start of the trial. */
export type TimedCall = TrialCall & { at: number }

/** Calls that change people. */
const writes: ReadonlySet<string> = new Set([
  ...['create', 'update', 'patch', 'delete', 'action'].map((name) => `openidm.${name}`),
  ...['idRepository.store', 'deviceProfilesDao.saveDeviceProfiles'],
])

export const sending = 'httpClient.send'

/**
 * Records the calls of a script that have effects. Without effects, an HTTP request gets the next prepared response instead
 * of being sent, and the dry identity unit behind the host keeps people unchanged.
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

/** The operation and its target, without any content. */
function summaryOf({ op, args }: HostCall): string {
  const [first] = args
  if (op === sending) return isJsonObject(first) ? `${first.method} ${first.url}` : op
  return typeof first === 'string' ? `${op} ${first}` : op
}

function answerOf({ status, headers, body }: TrialResponse = { status: 200, headers: {}, body: '{}' }): Json {
  return { status, statusText: '', headers, body }
}
