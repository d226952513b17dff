import { z } from 'zod'
import { scriptActions } from '../../../contract/scripts.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import { isJsonObject } from '../../base/json.ts'
import { collection, revisionOf } from '../../crest/collection.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import type { DraftStore } from '../../journeys/drafts/draft-store.ts'
import { saveChecked } from '../../journeys/edit/save-checked.ts'
import { outcomesInUse } from '../../journeys/script-outcomes.ts'
import { isBuiltIn } from '../../scripts/built-in/built-in-scripts.ts'
import {
  type NameRemark,
  type ScriptKind,
  type ScriptNames,
  unknownOutcomes,
} from '../../scripts/names/names-of-a-script.ts'
import type { Script } from '../../scripts/script.ts'
import type { ScriptStore } from '../../scripts/script-store.ts'
import { trialSchema } from '../../scripts/trials/trial-request.ts'
import { universalIdOf } from '../../sessions/session.ts'
import { checkedId, checkPreconditions, parseAttributes } from '../configuration-resource.ts'
import { type MarkSources, saveMarkOf } from '../journeys/save-mark.ts'
import { type Answer, bodyObject, byAction, type Call, type Handle, param, type Route } from '../route.ts'
import { encodedSource, parseScript, scriptResource } from './script-resource.ts'

/** A syntax error. */
type ScriptProblem = { line: number; column: number; message: string }

type ScriptDependencies = MarkSources & {
  configuration: ConfigurationStore
  drafts: DraftStore
  scripts: ScriptStore
  /** Checks the syntax; empty if it compiles. */
  checkScript(name: string, source: string): Promise<ScriptProblem[]>
  /** Lines that the vendor's engine could not run. */
  findIncompatibilities(source: string): Promise<{ line: number; message: string }[]>
  /** Lines with names that don't exist where the script runs. */
  findNames(source: string, kind: ScriptKind): Promise<ScriptNames>
  /** Runs a draft: `script-trial.ts`. */
  tryScript: Handle
  newId(): string
}

/** Tools choose the parser by this version. */
const headers = { 'content-api-version': 'resource=1.1' }

/**
 * Scripts of a realm. Any source can be saved, as in AM: exports contain scripts for other engines, and a broken script only
 * fails the journeys that run it. Source: "Manage scripts over REST".
 */
export function scriptRoutes(from: ScriptDependencies): Route[] {
  const access = 'journeys'
  return [
    {
      method: 'GET',
      path: 'scripts',
      access,
      summary: 'Lists the scripts of the realm, built-in ones included.',
      async handle({ realm, query }) {
        const scripts = await from.scripts.all(realm.path)
        return { headers, body: collection(scripts.map(scriptResource), query) }
      },
    },
    {
      ...scriptActions,
      access,
      resource: { kind: 'script' },
      reads: ['validate'],
      actions: {
        ...scriptActions.actions,
        validate: { ...scriptActions.actions.validate, body: () => validateSchema },
        try: { ...scriptActions.actions.try, body: () => trialSchema },
      },
      // A trial saves nothing unless its body requests it.
      isDryRun: ({ query, body }) =>
        query.get('_action') === 'try' && !(isJsonObject(body) && body.effects === true),
      summary: 'Creates a script (`create`), checks its syntax (`validate`), or runs a draft (`try`).',
      handle: byAction({
        create: (call) => create(from, call),
        createGlobal() {
          throw new RequestError(501, 'Each script belongs to a realm: create it in the realms that use it')
        },
        validate: (call) => validate(from, call),
        try: from.tryScript,
      }),
    },
    {
      method: 'GET',
      path: 'scripts/:id',
      access,
      summary: 'Reads a script, its source in base64.',
      handle: async (call) => answerOf(await findOr404(from, call)),
    },
    {
      method: 'PUT',
      path: 'scripts/:id',
      access,
      resource: { kind: 'script' },
      summary: 'Creates or replaces a script; `If-Match` has the `ETag` that it was made from.',
      handle: (call) => put(from, call),
    },
    {
      method: 'DELETE',
      path: 'scripts/:id',
      access,
      resource: { kind: 'script' },
      summary:
        'Removes a script. Removing the realm’s version of a built-in script restores the built-in one.',
      handle: (call) => remove(from, call),
    },
  ]
}

async function findOr404({ scripts }: ScriptDependencies, call: Call): Promise<Script> {
  const script = await scripts.read(call.realm.path, param(call, 'id'))
  if (script === undefined)
    throw notFound(`Script with UUID ${param(call, 'id')} could not be found in realm ${call.realm.path}`)
  return script
}

async function create(from: ScriptDependencies, call: Call): Promise<Answer> {
  const { _id } = bodyObject(call)
  const id = typeof _id === 'string' ? checkedId(_id) : from.newId()
  if ((await from.scripts.read(call.realm.path, id)) !== undefined) {
    throw new RequestError(409, `Script with UUID ${id} already exist in realm ${call.realm.path}`)
  }
  const script = await sentScript(from, call, id, undefined)
  if (!(await from.scripts.save(call.realm.path, script, await saveMarkOf(call, from)))) {
    throw nameTaken(call, script)
  }
  return answerOf(script, 201)
}

async function put(from: ScriptDependencies, call: Call): Promise<Answer> {
  const id = checkedId(param(call, 'id'))
  const { path: realm } = call.realm
  const mark = await saveMarkOf(call, from)
  const { result, script, isNew } = await saveChecked(from.configuration, { realm, mark }, async () => {
    const stored = await from.scripts.read(realm, id)
    checkPreconditions(call, stored && scriptResource(stored))
    const script = await sentScript(from, call, id, stored)
    return { change: { scripts: [script] }, script, isNew: stored === undefined }
  })
  if (result === 'name') throw nameTaken(call, script)
  return answerOf(script, isNew ? 201 : 200)
}

async function remove(from: ScriptDependencies, call: Call): Promise<Answer> {
  const { path: realm } = call.realm
  await saveChecked(from.configuration, { realm, mark: await saveMarkOf(call, from) }, async () => {
    const script = await findOr404(from, call)
    if (isBuiltIn(script))
      throw new RequestError(403, `Script ${script.name} is built in and cannot be removed`)
    checkPreconditions(call, scriptResource(script))
    return { removed: { scripts: [script.id] } }
  })
  return { headers, body: {} }
}

async function sentScript(from: ScriptDependencies, call: Call, id: string, stored: Script | undefined) {
  const signedIn = await call.session()
  const by = signedIn ? universalIdOf(signedIn.session.realm, signedIn.session.identityId) : 'null'
  return parseScript(bodyObject(call), { id, stored, by, now: from.now() })
}

/** Import tools rename the script and retry on this error. */
function nameTaken({ realm }: Call, { name }: Script): RequestError {
  return new RequestError(409, `Script with name ${name} already exist in realm ${realm.path}`)
}

/** AM's scripts have no `_rev`, so only the header has the revision. */
function answerOf(script: Script, status = 200): Answer {
  const body = scriptResource(script)
  return { status, headers: { ...headers, etag: `"${revisionOf(body)}"` }, body }
}

const validateSchema = z.object({
  script: encodedSource,
  language: z.string().default('JAVASCRIPT'),
  /** Names are checked only if the context is known. */
  context: z.string().default(''),
  evaluatorVersion: z.string().default('2.0'),
  /** Names of the settings and outcomes, for a custom node. */
  properties: z.array(z.string()).optional(),
  outcomes: z.array(z.string()).optional(),
  /** Of the stored script, whose nodes have the outcomes, also in drafts. */
  id: z.string().max(500).optional(),
})

async function validate(from: ScriptDependencies, call: Call): Promise<Answer> {
  const { script, language, outcomes, id, ...kind } = parseAttributes(validateSchema, bodyObject(call))
  if (language !== 'JAVASCRIPT') {
    return {
      body: { success: false, errors: [{ line: 1, column: 1, message: `${language} does not run here` }] },
    }
  }
  const errors = await from.checkScript('script', script)
  if (errors.length > 0) return { body: { success: false, errors } }
  const names = await from.findNames(script, kind)
  const inUse = async () => (id === undefined ? undefined : await outcomesInUse(from, call.realm.path, id))
  const known = outcomes ?? (await inUse())
  const warnings = [
    ...(await from.findIncompatibilities(script)),
    ...names.unknown.map(asName),
    ...(known === undefined ? [] : unknownOutcomes(names, known).map(asName)),
  ]
  return { body: warnings.length === 0 ? { success: true } : { success: true, warnings } }
}

/** Marks a warning about a name, which also fails here. */
function asName(remark: NameRemark) {
  return { ...remark, isName: true as const }
}
