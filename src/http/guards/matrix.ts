import { type Work, waitFor } from '../../base/work.ts'
import type { Access } from '../route.ts'
import { requireBackchannelClient } from './backchannel-client.ts'
import { markOrigin } from './cross-origin.ts'
import { refuseCrossSiteWrite } from './cross-site-write.ts'
import { requireLogKey } from './log-key.ts'
import { requireMetricsReader } from './metrics-reader.ts'
import { limitRequests } from './request-limit.ts'
import { requireRight } from './right.ts'
import { isStaffAccess } from './rights.ts'
import type { Guard, Visit } from './visit.ts'

const yes = true
const no = false

/** Accesses with the same guards. `rights.ts` has the roles for each staff access. */
type Column = 'everyone' | 'backchannel' | 'staff' | 'metrics' | 'logs'

/** The guards in their order. They run before the body is read. Host and realm have already been checked. */
// biome-ignore format: a table
const matrix: readonly (readonly [Guard, Readonly<Record<Column, boolean>>])[] = [
  [markOrigin,               { everyone: yes, backchannel: yes, staff: yes, metrics: yes, logs: yes }],
  [limitRequests,            { everyone: yes, backchannel: yes, staff: no,  metrics: yes, logs: yes }],
  [refuseCrossSiteWrite,     { everyone: yes, backchannel: no,  staff: yes, metrics: yes, logs: yes }],
  [requireBackchannelClient, { everyone: no,  backchannel: yes, staff: no,  metrics: no,  logs: no  }],
  [requireRight,             { everyone: no,  backchannel: no,  staff: yes, metrics: no,  logs: no  }],
  [requireMetricsReader,     { everyone: no,  backchannel: no,  staff: no,  metrics: yes, logs: no  }],
  [requireLogKey,            { everyone: no,  backchannel: no,  staff: no,  metrics: no,  logs: yes }],
]

/**
 * Runs the guards of an access.
 * @throws RequestError from the first guard that rejects the call.
 */
export function* runGuards(visit: Visit): Work<void> {
  for (const guard of guardsOf[columnOf(visit.access)]) yield* waitFor(guard(visit))
}

/** The guards of each column. */
const guardsOf: Readonly<Record<Column, readonly Guard[]>> = {
  everyone: guardsIn('everyone'),
  backchannel: guardsIn('backchannel'),
  staff: guardsIn('staff'),
  metrics: guardsIn('metrics'),
  logs: guardsIn('logs'),
}

function guardsIn(column: Column): Guard[] {
  return matrix.filter(([, needed]) => needed[column]).map(([guard]) => guard)
}

function columnOf(access: Access): Column {
  return isStaffAccess(access) ? 'staff' : access
}
