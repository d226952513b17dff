import type { SelfService } from '../../src/nodes/ports/self-service-port.ts'
import { selfServiceSchema } from '../../src/realms/self-service.ts'

/** Settings of a new realm, with a test's changes. */
export function selfService(more: Partial<SelfService> = {}): { selfService: SelfService } {
  return { selfService: { ...selfServiceSchema.parse({}), ...more } }
}
