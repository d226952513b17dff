import type { Access } from '../route.ts'
import { requireBackchannelClient } from './backchannel-client.ts'
import { markOrigin } from './cross-origin.ts'
import { refuseCrossSiteWrite } from './cross-site-write.ts'
import { requireMetricsReader } from './metrics-reader.ts'
import { limitRequests } from './request-limit.ts'
import { requireRight } from './right.ts'
import { isStaffAccess } from './rights.ts'
import type { Check, Visit } from './visit.ts'

const yes = true
const no = false

/** Accesses that are checked alike; which role has which of those for staff is in `rights.ts`. */
type Column = 'everyone' | 'backchannel' | 'staff' | 'metrics'

/** What is checked, in this order, before a body is read. Host and realm were settled before. */
// biome-ignore format: a table
const matrix: readonly (readonly [Check, Readonly<Record<Column, boolean>>])[] = [
  [markOrigin,               { everyone: yes, backchannel: yes, staff: yes, metrics: yes }],
  [limitRequests,            { everyone: yes, backchannel: yes, staff: no,  metrics: yes }],
  [refuseCrossSiteWrite,     { everyone: yes, backchannel: no,  staff: yes, metrics: yes }],
  [requireBackchannelClient, { everyone: no,  backchannel: yes, staff: no,  metrics: no  }],
  [requireRight,             { everyone: no,  backchannel: no,  staff: yes, metrics: no  }],
  [requireMetricsReader,     { everyone: no,  backchannel: no,  staff: no,  metrics: yes }],
]

/** Runs the checks of an access. @throws RequestError from the first that refuses. */
export async function runChecks(visit: Visit): Promise<void> {
  const column = columnOf(visit.access)
  for (const [check, needed] of matrix) {
    if (needed[column]) await check(visit)
  }
}

function columnOf(access: Access): Column {
  return isStaffAccess(access) ? 'staff' : access
}
