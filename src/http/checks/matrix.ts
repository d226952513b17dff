import type { Access } from '../route.ts'
import { requireAdministrator } from './administrator.ts'
import { requireBackchannelClient } from './backchannel-client.ts'
import { markOrigin } from './cross-origin.ts'
import { refuseCrossSiteWrite } from './cross-site-write.ts'
import { requireHelpDesk } from './help-desk.ts'
import { requireMetricsReader } from './metrics-reader.ts'
import type { Check, Visit } from './visit.ts'

const yes = true
const no = false

/** What is checked, in this order, before a body is read. Host and realm were settled before. */
// biome-ignore format: a table
const matrix: readonly (readonly [Check, Readonly<Record<Access, boolean>>])[] = [
  [markOrigin,               { everyone: yes, backchannel: yes, helpdesk: yes, administrator: yes, metrics: yes }],
  [refuseCrossSiteWrite,     { everyone: yes, backchannel: no,  helpdesk: yes, administrator: yes, metrics: yes }],
  [requireBackchannelClient, { everyone: no,  backchannel: yes, helpdesk: no,  administrator: no,  metrics: no  }],
  [requireHelpDesk,          { everyone: no,  backchannel: no,  helpdesk: yes, administrator: no,  metrics: no  }],
  [requireAdministrator,     { everyone: no,  backchannel: no,  helpdesk: no,  administrator: yes, metrics: no  }],
  [requireMetricsReader,     { everyone: no,  backchannel: no,  helpdesk: no,  administrator: no,  metrics: yes }],
]

/** Runs the checks of an access. @throws RequestError from the first that refuses. */
export async function runChecks(access: Access, visit: Visit): Promise<void> {
  for (const [check, needed] of matrix) {
    if (needed[access]) await check(visit)
  }
}
