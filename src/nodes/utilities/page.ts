import { z } from 'zod'
import { type Action, type Extras, fail, goTo, send } from '../../engine/action.ts'
import type { Answer, Callback, CallbackType } from '../../engine/callbacks.ts'
import { pageChildren } from '../../engine/journey.ts'
import { isJsonObject, type Json } from '../../engine/json.ts'
import { localise, localisedTextSchema } from '../../engine/locale.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { type NodeContext, type Outcome, type OutcomeContext, outcomesOf } from '../../engine/node-type.ts'
import { runWork, type Work, waitFor } from '../../engine/work.ts'
import { defineNode, setting } from '../define-node.ts'
import type { NodePort } from '../ports/ports.ts'
import { parsedSettings } from '../settings-of.ts'

const config = z.object({
  pageHeader: setting('Page Header', 'Heading by locale.', localisedTextSchema.default({}), 'localisedText'),
  pageDescription: setting(
    'Page Description',
    'Text by locale.',
    localisedTextSchema.default({}),
    'localisedText',
  ),
  stage: setting('Stage', 'Layout hint for the sign-in page.', z.string().exactOptional()),
  nodes: setting(
    'Page Nodes',
    'The nodes on the page, in order.',
    z
      .array(
        z.union([
          z.string(),
          z.object({
            _id: z.string(),
            nodeType: z.string(),
            displayName: z.string().exactOptional(),
            nodeVersion: z.union([z.string(), z.number()]).exactOptional(),
          }),
        ]),
      )
      .default([]),
    'nodes',
  ),
})

type Config = z.infer<typeof config>
type Context = NodeContext<Config> & { nodes: NodePort }

type Child = { id: string; type: string }

/** The page's outcome for an outcome of its last node. */
type OutcomeId = (childId: string, outcome: string) => string

/** The action of one node on the page, and the answers that it received. */
type Turn = Child & { action: Action; answers: readonly Answer[] }

/** State key: index of the owning node by id of a callback. */
const ownersKey = 'pageNodeCallbacks'

/** Answers to these callbacks are neither sent back nor stored: the user has to type them again. */
const secretTypes: ReadonlySet<CallbackType> = new Set([
  'PasswordCallback',
  'ValidatedCreatePasswordCallback',
  'KbaCreateCallback',
])

/**
 * Shows several nodes as one page. All nodes run on every visit with their own answers. The page is sent again while
 * any of them asks. The last node decides the outcome. Source: "Page node".
 */
export const pageNode = pageType('1.0', (_childId, outcome) => outcome)

/** Version 2.0 prefixes outcomes with the id of the node that has them. */
export const pageNodeV2 = pageType('2.0', (childId, outcome) => `${childId}-${outcome}`)

function pageType(version: string, outcomeId: OutcomeId) {
  return defineNode({
    type: 'PageNode',
    version,
    title: 'Page Node',
    help: 'Shows the callbacks of several nodes on one page.',
    tags: ['utilities'],
    family: 'collect',
    config,
    outcomes: (config, around) =>
      lastOutcomes(config, around).map(({ childId, id, displayName }) => ({
        id: outcomeId(childId, id),
        displayName,
      })),
    reads: () => [ownersKey],
    writes: () => [ownersKey],
    callbacks: { '*': 'Those of the nodes on the page.' },
    suspends: true,
    errors: {
      fail: {
        'This page has no nodes in it, so cannot proceed': '**Page Nodes** is empty.',
        'Node does not exist: ‹id›': 'A node on the page has lost its settings.',
        'Illegal child node type: ‹type›': 'The page contains a page or a node that runs another journey.',
        'No outcome and only metadata callbacks found':
          'No node on the page asks for anything, and the last node takes no outcome.',
        '‹reason›': 'Any error of a node on the page.',
      },
    },
    needs: ['nodes'],
    reference: {
      outcomes: { '*': 'Those of the last node on the page.' },
      outputs: 'whatever the nodes on the page change',
      keys: { [ownersKey]: 'The node on the page that owns each callback.' },
    },
    run: (context): Action | Promise<Action> => runWork(runPage(context, outcomeId)),
  })
}

function* runPage(context: Context, outcomeId: OutcomeId): Work<Action> {
  const children = pageChildren({ nodes: context.config.nodes })
  if (children.length === 0) return fail('This page has no nodes in it, so cannot proceed')
  const owners = ownersIn(context.state)
  let turns: Turn[] = []
  for (const [place, child] of inTurn(children)) {
    const answers = context.answers.filter(({ id }) => owners.get(String(id)) === place)
    const action = yield* runChild(context, child, answers)
    if (action.kind !== 'goTo' && action.kind !== 'send') return action
    const turn = { ...child, action, answers }
    turns[place] = turn
    if (isElsewhere(turn)) {
      turns = [turn]
      break
    }
  }
  return { ...conclude(context.state, owners, turns, outcomeId), ...pageExtras(context, turns) }
}

const chooser = 'SelectIdPNode'

/** Runs a choice of identity providers at the end of a page first: with a provider, the other nodes need no answers. */
function inTurn(children: readonly Child[]): [place: number, child: Child][] {
  const places = [...children.entries()]
  const last = places.at(-1)
  return last?.[1].type === chooser ? [last, ...places.slice(0, -1)] : places
}

function isElsewhere({ type, action }: Turn): boolean {
  return type === chooser && action.kind === 'goTo' && action.outcome === 'socialAuthentication'
}

function ownersIn(state: NodeState): ReadonlyMap<string, Json> {
  const owners = state.get(ownersKey)
  return new Map(isJsonObject(owners) ? Object.entries(owners) : [])
}

function* runChild({ state, nodes }: Context, { id, type }: Child, answers: readonly Answer[]): Work<Action> {
  // A page on a page could contain itself.
  if (type === 'PageNode') return fail(`Illegal child node type: ${type}`)
  const action = yield* waitFor(nodes.runChild({ id, answers, state }))
  if (action === undefined) return fail(`Node does not exist: ${id}`)
  return action.kind === 'enter' ? fail(`Illegal child node type: ${type}`) : action
}

/** Sends the page again while a node asks for something other than metadata. Then the last node decides. */
function conclude(
  state: NodeState,
  owners: ReadonlyMap<string, Json>,
  turns: readonly Turn[],
  outcomeId: OutcomeId,
): Action {
  const [first, ...others] = turns.some(isAsking) ? callbacksOf(turns, nextId(owners)) : []
  if (first !== undefined) {
    const owned = [first, ...others].map(({ callback, place }) => [String(callback.id), place] as const)
    state.putShared(ownersKey, Object.fromEntries(owned))
    return send([first.callback, ...others.map(({ callback }) => callback)])
  }
  state.remove(ownersKey)
  const last = turns.at(-1)
  if (last?.action.kind !== 'goTo') return fail('No outcome and only metadata callbacks found')
  return goTo(outcomeId(last.id, last.action.outcome))
}

function isAsking({ action }: Turn): boolean {
  return action.kind === 'send' && action.callbacks.some(({ type }) => type !== 'MetadataCallback')
}

/** New callbacks get new ids. Callbacks of nodes that are satisfied are shown again with their answers. */
function callbacksOf(turns: readonly Turn[], firstId: number) {
  let id = firstId
  return turns.flatMap(({ action, answers }, place) => {
    const callbacks: Callback[] =
      action.kind === 'send'
        ? action.callbacks.map((callback) => ({ ...callback, id: id++ }))
        : answers.map(asLeft)
    return callbacks.map((callback) => ({ callback, place }))
  })
}

function nextId(owners: ReadonlyMap<string, Json>): number {
  return Math.max(-1, ...[...owners.keys()].map(Number)) + 1
}

function asLeft({ input, ...callback }: Answer): Callback {
  return secretTypes.has(callback.type) ? callback : { ...callback, input }
}

/** The page's texts, and session properties of its nodes. Other extras are dropped. */
function pageExtras({ config, request }: Context, turns: readonly Turn[]): Extras {
  const header = localise(config.pageHeader, request.locales, '')
  const description = localise(config.pageDescription, request.locales, '')
  const sessionProperties = Object.assign({}, ...turns.map(({ action }) => action.sessionProperties))
  return {
    ...(header && { header }),
    ...(description && { description }),
    ...(config.stage && { stage: config.stage }),
    ...(Object.keys(sessionProperties).length > 0 && { sessionProperties }),
    auditDetail: { auditInfo: turns.map(({ id, type }) => ({ nodeType: type, nodeId: id })) },
  }
}

function lastOutcomes(config: Config, around: OutcomeContext): readonly (Outcome & { childId: string })[] {
  const last = pageChildren({ nodes: config.nodes }).at(-1)
  const settings = last && around.child(last.id)
  const type = last && around.typeNamed(last.type, last.version ?? settings?.version)
  // A page on a page is invalid, and might be the page itself.
  if (last === undefined || type === undefined || type.type === 'PageNode') return []
  const parsed = parsedSettings(type, settings?.config ?? {})
  if (!parsed.success) return []
  return outcomesOf(type, parsed.data, around).map((outcome) => ({ ...outcome, childId: last.id }))
}
