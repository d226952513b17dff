import type { JsonObject } from '../../base/json.ts'
import type { RealmService } from '../../realms/services/realm-service.ts'
import { withoutEffect } from '../../realms/services/service-setting.ts'
import type { Answer } from '../route.ts'

/** Names the members of a written service that have no effect here. Clients of the vendor ignore the header. */
export function withKeptHeader(answer: Answer, service: RealmService, written: JsonObject): Answer {
  const [finding] = withoutEffect(service, written)
  return finding === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'sidegate-findings': finding } }
}
