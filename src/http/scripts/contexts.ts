import { readBindings } from '../../../contract/scripts.ts'
import { badRequest, notFound } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { nothingChosen } from '../../base/nothing-chosen.ts'
import { collection } from '../../crest/collection.ts'
import type { Binding } from '../../scripts/bindings/binding.ts'
import { type ScriptContext, scriptContext, scriptContexts } from '../../scripts/script-contexts.ts'
import { type Answer, type Call, homeOf, param, type Route } from '../route.ts'

/** The vendor's name for each kind of value. */
const javaScriptTypes: Readonly<Record<Exclude<Binding['kind'], 'variable'>, string>> = {
  object: 'Object',
  function: 'Object',
  list: 'Object',
  text: 'String',
  boolean: 'Boolean',
  map: 'Map',
}

const access = 'journeys'

/** Only editors ask for it: a server starts without. */
const bindingReference = () => import('../../scripts/binding-reference.ts')

/** Script contexts and their bindings. */
export function contextRoutes(): Route[] {
  return [
    {
      method: 'GET',
      path: 'contexts',
      access,
      summary: 'Always refused, as in AM: the global services list the contexts.',
      handle() {
        throw badRequest('Query is not supported for this resource')
      },
    },
    {
      method: 'GET',
      path: 'contexts/:id',
      access,
      summary: 'Describes a script context: its bindings and the versions of the engine.',
      handle: async (call) => ({ body: await contextOf(call) }),
    },
    {
      ...readBindings,
      access,
      summary: 'Describes the bindings of a context and their members.',
      handle: bindings,
    },
    {
      method: 'GET',
      path: 'global-config/services/scripting/contexts',
      access,
      actsOn: homeOf,
      summary: 'Lists the script contexts.',
      handle: ({ query }) => ({ body: collection(Object.keys(scriptContexts).map(listed), query) }),
    },
  ]
}

async function contextOf(call: Call): Promise<JsonObject> {
  const id = param(call, 'id')
  const context = scriptContext(id)
  if (context === undefined) throw notFound()
  return {
    _id: id,
    bindings: await ownBindings(context),
    evaluatorVersions: { JAVASCRIPT: [...context.evaluatorVersions] },
    allowLists: [],
  }
}

/** A library gets the bindings of the script that requires it; only a few are its own. */
async function ownBindings({ as, evaluatorVersions }: ScriptContext): Promise<JsonObject[]> {
  const { bindingsOf } = await bindingReference()
  const isOwn = (name: string) => as !== 'library' || ['logger', 'exports'].includes(name)
  return Object.entries(bindingsOf(as, evaluatorVersions[0])).flatMap(([name, { kind }]) =>
    kind === 'variable' || !isOwn(name)
      ? []
      : [{ name, javaScriptType: javaScriptTypes[kind], elements: [] }],
  )
}

/** Bindings for completion in an editor. Not in AM; `docs/console-wire.md` describes the body. */
async function bindings({ query }: Call): Promise<Answer> {
  const id = query.get('context') ?? ''
  const context = scriptContext(id)
  if (context === undefined) throw badRequest('The query parameter context must name a script context')
  const [oldest] = context.evaluatorVersions
  const evaluatorVersion = query.get('evaluatorVersion') ?? oldest
  if (!context.evaluatorVersions.includes(evaluatorVersion)) {
    const versions = context.evaluatorVersions.join(' or ')
    throw badRequest(`The query parameter evaluatorVersion must be ${versions}`)
  }
  const { bindingsOf, toBindingList, typesOf } = await bindingReference()
  return {
    body: {
      context: id,
      evaluatorVersion,
      bindings: toBindingList(bindingsOf(context.as, evaluatorVersion)),
      types: toBindingList(typesOf(evaluatorVersion)),
    },
  }
}

function listed(id: string): JsonObject {
  return {
    _id: id,
    isHidden: id === 'NODE_DESIGNER',
    languages: ['JAVASCRIPT'],
    defaultScript: nothingChosen,
    _type: { _id: 'contexts', name: 'scriptContext', collection: true },
  }
}
