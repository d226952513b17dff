import { z } from 'zod'
import { jsonObjectSchema } from '../../base/json.ts'
import type { Device } from '../../nodes/ports/ports.ts'
import type { Sealer } from '../../secrets/seal.ts'

export type { Device, DeviceKind } from '../../nodes/ports/ports.ts'

const deviceSchema = z.intersection(
  jsonObjectSchema,
  z.object({ uuid: z.string(), deviceName: z.string(), recoveryCodes: z.array(z.string()) }),
)

const sealedSchema = z.object({ owner: z.string(), device: deviceSchema })

/** @param owner the only owner for whom the sealed device opens. A copy to another person or from state does not. */
export function sealDevice(sealer: Sealer, owner: string, device: Device): string {
  return sealer.seal(JSON.stringify({ owner, device }))
}

/** @returns undefined for altered values, other owners' devices and anything else that was not sealed here. */
export function openDevice(sealer: Sealer, owner: string, sealed: unknown): Device | undefined {
  // Most values in state are no devices, and an error costs more than a comparison.
  if (typeof sealed !== 'string' || !/^v\d/.test(sealed)) return undefined
  try {
    const opened = sealedSchema.parse(JSON.parse(sealer.open(sealed)))
    return opened.owner === owner ? opened.device : undefined
  } catch {
    return undefined
  }
}
