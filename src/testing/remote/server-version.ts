import { z } from 'zod'
import { parsedJson } from '../../base/json.ts'
import type { RemoteServer } from './remote-server.ts'

export type ServerVersion = { product: 'Sidegate' | 'AM' | 'unknown'; version: string }

const versionSchema = z.object({
  version: z.string().regex(/^[\w.-]{1,40}$/),
  fullVersion: z.string().default(''),
})

/** The version that a server tells everybody; `unknown` if it tells only administrators. @throws TargetError if it can't be reached. */
export async function versionOf(server: RemoteServer): Promise<ServerVersion> {
  const { status, body } = await server.ask('/am/json/serverinfo/version', {
    method: 'GET',
    headers: { 'accept-api-version': 'resource=1.0' },
  })
  const parsed = versionSchema.safeParse(status === 200 ? parsedJson(body) : undefined)
  if (!parsed.success) return { product: 'unknown', version: 'unknown' }
  const { version, fullVersion } = parsed.data
  return { product: fullVersion.startsWith('Sidegate') ? 'Sidegate' : 'AM', version }
}
