import type { SelfService } from '../../src/nodes/ports/self-service-port.ts'
import { selfServiceSchema } from '../../src/realms/self-service.ts'

/** What a new realm decides, with what a test wants different. */
export function selfService(more: Partial<SelfService> = {}): { selfService: SelfService } {
  return { selfService: { ...selfServiceSchema.parse({}), ...more } }
}
