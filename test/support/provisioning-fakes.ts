import type { JsonObject } from '../../src/base/json.ts'
import type { IdentityPort, SecretsPort } from '../../src/nodes/ports/ports.ts'

/** A realm that creates every person. @param refused policy violations to report for each person instead */
export function provisioningFakes(refused?: Error) {
  const created: JsonObject[] = []
  const identities: Partial<IdentityPort> = {
    async createWithStep(object) {
      if (refused !== undefined) throw refused
      created.push(object)
      return { _id: 'new-id', userName: String(object.userName) }
    },
    fromAmAttributes: ({ uid, ...others }) => ({
      ...(uid?.[0] === undefined ? {} : { userName: uid[0] }),
      ...Object.fromEntries(Object.entries(others).map(([name, [first = '']]) => [name, first])),
    }),
  }
  const secrets: Partial<SecretsPort> = { hex: (length) => 'f'.repeat(length) }
  return {
    created,
    ports: { identities: identities as IdentityPort, secrets: secrets as SecretsPort },
  }
}

export const userInfo = {
  attributes: { uid: ['kim'], sn: ['Kim'], mail: ['kim@example.com'] },
  userNames: { 'iplanet-am-user-alias-list': ['google-42'] },
}
