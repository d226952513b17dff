import { readBindings } from '../../../contract/scripts.ts'
import { collection } from '../../crest/collection.ts'
import type { JsonObject } from '../../engine/json.ts'
import { badRequest, notFound } from '../../errors.ts'
import { bindingsOf, toBindingList, typesOf } from '../../scripts/binding-reference.ts'
import type { Binding } from '../../scripts/bindings/binding.ts'
import { type ScriptContext, scriptContext, scriptContexts } from '../../scripts/script-contexts.ts'
import { type Answer, type Call, homeOf, param, type Route } from '../route.ts'

/** What the vendor calls each kind of value. */
const javaScriptTypes: Readonly<Record<Exclude<Binding['kind'], 'variable'>, string>> = {
  object: 'Object',
  function: 'Object',
  list: 'Object',
  text: 'String',
  boolean: 'Boolean',
  map: 'Map',
}

const access = 'journeys'

/** What scripts may be written for, and what each sees. */
export function contextRoutes(): Route[] {
  return [
    {
      method: 'GET',
      path: 'contexts',
      access,
      summary: 'Is refused: contexts are listed among the global services.',
      handle() {
        throw badRequest('Query is not supported for this resource')
      },
    },
    {
      method: 'GET',
      path: 'contexts/:id',
      access,
      summary: 'Describes a script context: its bindings and the versions of the engine.',
      handle: (call) => ({ body: contextOf(call) }),
    },
    {
      ...readBindings,
      access,
      summary: 'Tells what scripts of a context find: bindings and their members, with a sentence for each.',
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

function contextOf(call: Call): JsonObject {
  const id = param(call, 'id')
  const context = scriptContext(id)
  if (context === undefined) throw notFound()
  return {
    _id: id,
    bindings: ownBindings(context),
    evaluatorVersions: { JAVASCRIPT: [...context.evaluatorVersions] },
    allowLists: [],
  }
}

/** A library sees what the script sees that requires it; its own are few. */
function ownBindings({ as, evaluatorVersions }: ScriptContext): JsonObject[] {
  const isOwn = (name: string) => as !== 'library' || ['logger', 'exports'].includes(name)
  return Object.entries(bindingsOf(as, evaluatorVersions[0])).flatMap(([name, { kind }]) =>
    kind === 'variable' || !isOwn(name)
      ? []
      : [{ name, javaScriptType: javaScriptTypes[kind], elements: [] }],
  )
}

/** For completion in an editor. Ours, not AM's; `docs/console-wire.md` has the body. */
function bindings({ query }: Call): Answer {
  const id = query.get('context') ?? ''
  const context = scriptContext(id)
  if (context === undefined) throw badRequest('The query parameter context must name a script context')
  const [oldest] = context.evaluatorVersions
  const evaluatorVersion = query.get('evaluatorVersion') ?? oldest
  if (!context.evaluatorVersions.includes(evaluatorVersion)) {
    const versions = context.evaluatorVersions.join(' or ')
    throw badRequest(`The query parameter evaluatorVersion must be ${versions}`)
  }
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
    defaultScript: '[Empty]',
    _type: { _id: 'contexts', name: 'scriptContext', collection: true },
  }
}
