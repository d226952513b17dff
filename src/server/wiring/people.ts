import { mayVerifyBy, rightsOf } from '../../http/guards/rights.ts'
import { Guesses } from '../../limits/guesses.ts'
import { Limits } from '../../limits/limits.ts'
import { RegisteredDevices } from '../../people/devices/registered-devices.ts'
import { LinkedIdentities } from '../../people/directories/linked-identities.ts'
import { Identities } from '../../people/identities.ts'
import { personOf } from '../../people/managed-object.ts'
import type { Passwords } from '../../people/passwords/passwords.ts'
import { peopleRulesOf } from '../../realms/realm.ts'
import type { RealmDirectory } from '../../realms/realm-directory.ts'
import { openedDocuments } from '../../realms/sealed-documents.ts'
import { logoutWebhookCalls } from '../../sessions/logout-webhook-calls.ts'
import { Sessions } from '../../sessions/sessions.ts'
import { applicationsOf } from '../applications.ts'
import type { outgoingCalls } from '../outgoing-calls.ts'
import { valuedDocuments } from '../valued-documents.ts'
import type { Foundation } from './storage.ts'

type Needs = Foundation &
  Pick<ReturnType<typeof outgoingCalls>, 'callOutbox' | 'isBreached' | 'directoryOf'> & {
    realms: RealmDirectory
    passwords: Passwords
  }

/** People, their devices and their sessions. */
export function wirePeople(needs: Needs) {
  const { stores, keyRing, settings, log, realms, passwords, callOutbox, isBreached, directoryOf } = needs
  const { now } = stores.cluster
  const readIdentity = (realm: string, id: string) => stores.identities.read(realm, id)
  const limits = new Limits(stores.limits, now)
  const guesses = new Guesses(limits)
  const linkedPeople = new LinkedIdentities(stores.identities, directoryOf, now, (conflict) =>
    log.warn(conflict, 'a name in the directory is the email address of another person: hints name neither'),
  )
  const rulesOf = async (path: string) => peopleRulesOf(await realms.find(path))
  const identities = new Identities(linkedPeople, passwords, now, guesses, rulesOf, directoryOf, isBreached)
  const deviceSealer = keyRing.sealer('devices')
  const openDocuments = valuedDocuments(needs, openedDocuments(stores.documents, settings))
  const documentsInForce = valuedDocuments(needs, stores.documents)
  const isActive = async (realm: string, id: string) => (await readIdentity(realm, id))?.isActive === true
  const applications = applicationsOf(needs)
  const sessions = new Sessions(stores.sessions, isActive, now, {
    callsOf: logoutWebhookCalls({ documents: openDocuments, callOutbox, log, ...applications }),
    wake: () => callOutbox.wake(),
  })
  return {
    limits,
    guesses,
    linkedPeople,
    identities,
    readIdentity,
    deviceSealer,
    openDocuments,
    documentsInForce,
    sessions,
    applications,
    devices: new RegisteredDevices({ identities, sealer: deviceSealer }),
    mayVerify: mayVerifyBy(readIdentity),
    rightsOf: async ({ realm, identityId }: { realm: string; identityId: string }) =>
      rightsOf(await readIdentity(realm, identityId)),
    findPerson: async (...query: Parameters<typeof identities.find>) => {
      const identity = await identities.find(...query)
      return identity && personOf(identity)
    },
    whoIsMeant: async (...query: Parameters<typeof identities.whoIsMeant>) => {
      const identity = await identities.whoIsMeant(...query)
      return identity && personOf(identity)
    },
    numberChangedAt: async (realm: string, id: string) =>
      (await readIdentity(realm, id))?.telephoneNumberChangedAt,
    mailChangedAt: async (realm: string, id: string) => (await readIdentity(realm, id))?.mailChangedAt,
  }
}
