import type { Esvs } from '../esvs/esvs.ts'
import { templateNamed } from '../outbox/email-template.ts'
import { answerMailCall } from '../outbox/script-host.ts'
import { answerDeviceCall } from '../people/devices/profile-script-host.ts'
import { answerIdentityCall } from '../people/script-host.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import type { World } from '../runtime/world.ts'
import type { ScriptHttpClient } from '../sandbox/hosts/http-client.ts'
import { scriptSecret } from '../sandbox/hosts/script-secrets.ts'
import { systemEnv } from '../sandbox/hosts/system-env.ts'
import { HostCallError, type ScriptHost } from '../sandbox/script-engine.ts'
import type { Sealer } from '../secrets/seal.ts'
import { universalIdOf } from '../sessions/session.ts'

/** Answers the host calls of scripts, in the scope of one step. */
export function scriptHosts(
  { httpClient, esvs }: { httpClient: ScriptHttpClient; esvs: Esvs },
  deviceSealer: Sealer,
  documents: Pick<DocumentStore, 'read'>,
): World['scriptHost'] {
  return ({ realm, identities, correlationId, locales, sendMail: send }): ScriptHost =>
    async (call) => {
      const mailed = await answerMailCall(call, {
        locales,
        templateNamed: (name) => templateNamed(documents, realm.path, name),
        send,
      })
      if (mailed !== undefined) return mailed
      const answer = await answerIdentityCall(call, {
        unit: identities,
        universalId: (id) => universalIdOf(realm.path, id),
      })
      if (answer !== undefined) return answer
      const devices = { realm: realm.path, sealer: deviceSealer, people: identities }
      const profiles = await answerDeviceCall(call, devices)
      if (profiles !== undefined) return profiles
      const [first] = call.args
      if (call.op === 'systemEnv.getProperty') return systemEnv(esvs.inRealm(realm.path))(String(first))
      if (call.op === 'secrets.get') return scriptSecret(String(first), (id) => esvs.labelled(realm.path, id))
      // Our binding builds the request, and the client validates it.
      if (call.op === 'httpClient.send')
        return httpClient(first as Parameters<typeof httpClient>[0], correlationId)
      throw new HostCallError(`${call.op} is not available`)
    }
}
