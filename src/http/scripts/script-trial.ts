import { sessionCookie } from '../../engine/server-cookies.ts'
import type { Mail } from '../../outbox/mail.ts'
import type { IdentityChange } from '../../people/identity.ts'
import type { IdentityUnit } from '../../people/identity-unit.ts'
import { resumeLink } from '../../realms/links.ts'
import type { Realm } from '../../realms/realm.ts'
import type { World } from '../../runtime/world.ts'
import type { ScriptEngine } from '../../sandbox/script-engine.ts'
import type { ScriptStore } from '../../scripts/script-store.ts'
import { trialSchema } from '../../scripts/trials/trial-request.ts'
import { parseBody } from '../body.ts'
import type { Answer, Call, Handle } from '../route.ts'

/** The same dependencies as in journeys, except for the changes of people, which may be dropped. */
type TrialDependencies = {
  scripts: ScriptStore
  engine: ScriptEngine
  scriptLimits: { cpuMs: number; heapBytes: number }
  scriptHost: World['scriptHost']
  /** @param isDry drops all changes, even those that journeys save at once. */
  identityUnit(realm: Realm, isDry: boolean): IdentityUnit
  /** @returns false after a concurrent change of the person. */
  saveIdentity(change: IdentityChange): Promise<boolean>
  /** Queues an email in the outbox. */
  queueMail(realm: string, mail: Mail): Promise<void>
}

/** Runs a draft of a script and returns its results. `docs/console-wire.md` describes the bodies. */
export function scriptTrials(from: TrialDependencies): Handle {
  return (call) => tryDraft(from, call)
}

async function tryDraft(from: TrialDependencies, call: Call): Promise<Answer> {
  const trial = parseBody(trialSchema, call)
  const { realm, correlationId, baseUrl } = call
  const identities = from.identityUnit(realm, !trial.effects)
  const mails: Mail[] = []
  const libraries = (await from.scripts.all(realm.path)).filter(({ context }) => context === 'LIBRARY')
  const { tryScript } = await import('../../scripts/trials/try-script.ts')
  const body = await tryScript(trial, {
    engine: from.engine,
    host: from.scriptHost({
      realm,
      identities,
      correlationId,
      locales: trial.locales,
      sendMail: (mail) => void mails.push(mail),
    }),
    realm: realm.path,
    cookieName: sessionCookie,
    resumeUri: resumeLink(baseUrl, realm.path, 'trial'),
    libraries: Object.fromEntries(libraries.map(({ name, source }) => [name, source])),
    limits: from.scriptLimits,
    async save() {
      for (const change of identities.changes()) {
        if (!(await from.saveIdentity(change))) return false
      }
      for (const mail of mails) await from.queueMail(realm.path, mail)
      return true
    },
  })
  return { body }
}
