import type { Access } from '../route.ts'
import { requireAdministrator } from './administrator.ts'
import { requireBackchannelClient } from './backchannel-client.ts'
import { markOrigin } from './cross-origin.ts'
import { refuseCrossSiteWrite } from './cross-site-write.ts'
import { requireMetricsReader } from './metrics-reader.ts'
import type { Check, Visit } from './visit.ts'

const yes = true
const no = false

/** What is checked, in this order, before a body is read. Host and realm were settled before. */
// biome-ignore format: a table
const matrix: readonly (readonly [Check, Readonly<Record<Access, boolean>>])[] = [
  [markOrigin,               { everyone: yes, backchannel: yes, administrator: yes, metrics: yes }],
  [refuseCrossSiteWrite,     { everyone: yes, backchannel: no,  administrator: yes, metrics: yes }],
  [requireBackchannelClient, { everyone: no,  backchannel: yes, administrator: no,  metrics: no  }],
  [requireAdministrator,     { everyone: no,  backchannel: no,  administrator: yes, metrics: no  }],
  [requireMetricsReader,     { everyone: no,  backchannel: no,  administrator: no,  metrics: yes }],
]

/** Runs the checks of an access. @throws RequestError from the first that refuses. */
export async function runChecks(access: Access, visit: Visit): Promise<void> {
  for (const [check, needed] of matrix) {
    if (needed[access]) await check(visit)
  }
}
