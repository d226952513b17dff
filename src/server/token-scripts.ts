import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { defined } from '../base/defined.ts'
import type { RunOauthScript } from '../oauth/scripted-tokens.ts'
import type { trialUnitOf } from '../runtime/identity-unit-of.ts'
import type { World } from '../runtime/world.ts'
import { HostCallError, type ScriptHost, type ScriptJob } from '../sandbox/script-engine.ts'
import { defaultTokenScripts } from '../scripts/built-in/built-in-scripts.ts'
import type { Script } from '../scripts/script.ts'
import { scriptContext } from '../scripts/script-contexts.ts'
import { kindOf } from '../scripts/script-outcome.ts'
import type { ScriptStore } from '../scripts/script-store.ts'

type Needs = {
  scripts: Pick<ScriptStore, 'read' | 'all'>
  engine: World['scripts']
  scriptHost: World['scriptHost']
  unitOf: ReturnType<typeof trialUnitOf>
  cookieName: string
  log: Logger
}

/** Calls that change people or devices, or send mail: a token request can be repeated, and changes must not be. */
const changingCalls: ReadonlySet<string> = new Set([
  'idRepository.store',
  'openidm.create',
  'openidm.update',
  'openidm.patch',
  'openidm.delete',
  'openidm.action',
  'deviceProfilesDao.getDeviceProfiles',
  'deviceProfilesDao.saveDeviceProfiles',
])

/** Runs scripts of a realm for its tokens. They read people of their realm only, and change nothing. */
export function tokenScripts(needs: Needs): RunOauthScript {
  return async (realm, id, as, input) => {
    const script = await needs.scripts.read(realm.path, id)
    if (script === undefined && defaultTokenScripts.has(id)) return undefined
    if (script === undefined) throw new Error(`script ${id} does not exist in realm ${realm.path}`)
    // rule S46: otherwise a script of another context makes tokens
    if (scriptContext(script.context)?.as !== as) {
      throw new Error(`script '${script.name}' has the context ${script.context}`)
    }
    if (script.language === 'GROOVY') throw new Error(`script '${script.name}' is in Groovy and cannot run`)
    const kind = kindOf(as, script.evaluatorVersion)
    const libraries = script.source.includes('require') ? await librariesOf(needs.scripts, realm.path) : {}
    const job: ScriptJob = {
      ...emptyJob,
      name: script.name,
      id: script.id,
      context: script.context,
      kind,
      source: script.source,
      libraries: kind === as ? libraries : {},
      oauth: input,
      realm: realm.path,
      cookieName: needs.cookieName,
    }
    const host = needs.scriptHost({
      realm,
      identities: needs.unitOf(realm, true),
      correlationId: randomUUID(),
      locales: [],
      sendMail: () => refuse('mail'),
    })
    const { value, logs } = await needs.engine.run(job, readOnly(host))
    for (const { level, message } of logs) {
      needs.log[level]({ logger: `scripts.${script.context}.${script.id}.(${script.name})` }, message)
    }
    return defined({ value })
  }
}

function readOnly(host: ScriptHost): ScriptHost {
  // rule S46: otherwise a script changes people while a token is issued
  return async (call) => (changingCalls.has(call.op) ? refuse(call.op) : host(call))
}

function refuse(name: string): never {
  throw new HostCallError(`${name} is not available while a token is issued`, 403)
}

async function librariesOf(
  scripts: Pick<ScriptStore, 'all'>,
  realm: string,
): Promise<Record<string, string>> {
  const isLibrary = ({ context, language }: Script) => context === 'LIBRARY' && language !== 'GROOVY'
  const libraries = (await scripts.all(realm)).filter(isLibrary)
  return Object.fromEntries(libraries.map(({ name, source }) => [name, source]))
}

/** No journey runs: its bindings are empty. */
const emptyJob = {
  state: { shared: {}, secure: {}, transient: {} },
  callbacks: [],
  request: { headers: {}, parameters: {}, cookies: {}, locales: ['en'] },
  resumedFromSuspend: false,
  resumeUri: '',
  journey: { name: '', identityResource: '', innerJourney: false, mustRun: false },
} as const
