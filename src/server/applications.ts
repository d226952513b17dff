import type { Logger } from 'pino'
import type { Esvs } from '../esvs/esvs.ts'
import { applicationCall } from '../oauth/backchannel-logout.ts'
import { clientSecretSealer } from '../oauth/client-secret.ts'
import { valuedClients } from '../oauth/client-values.ts'
import { PairwiseSubjects } from '../oauth/subjects.ts'
import type { KeyRing } from '../secrets/key-ring.ts'
import type { Stores } from '../store/stores.ts'

type Needs = {
  stores: Pick<Stores, 'oauthClients' | 'secrets'>
  keyRing: KeyRing
  esvs: Pick<Esvs, 'inRealm'>
  log: Pick<Logger, 'error'>
}

/** The applications of all realms, how they know people, and the call that tells one of the end of a session. */
export function applicationsOf({ stores, keyRing, esvs, log }: Needs) {
  const valued = valuedClients(stores.oauthClients, {
    esvs,
    secrets: clientSecretSealer(keyRing),
    onProblem: (realm, client, problem) =>
      log.error({ realm, client }, `an OAuth2 client has a placeholder that cannot be used: ${problem}`),
  })
  const subjects = new PairwiseSubjects({ secrets: stores.secrets, keyRing })
  return { valued, subjects, applicationCall: applicationCall({ clients: valued, subjects }) }
}
