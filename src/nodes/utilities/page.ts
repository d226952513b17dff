import { z } from 'zod'
import { isJsonObject, type Json } from '../../base/json.ts'
import { localise } from '../../base/locale.ts'
import { runWork, type Work, waitFor } from '../../base/work.ts'
import { type Action, type Extras, fail, goTo, send } from '../../engine/action.ts'
import type { Answer, Callback, CallbackType } from '../../engine/callbacks.ts'
import { pageChildren } from '../../engine/journey.ts'
import { NodeState, type StateSnapshot } from '../../engine/node-state.ts'
import type { NodeContext, Standalone } from '../../engine/node-type.ts'
import { defineNode, localisedSetting, setting } from '../define-node.ts'
import { container } from '../identity-management/object-attributes.ts'
import type { NodePort } from '../ports/ports.ts'
import { childOutcomes, firstStandalone } from './page-outcomes.ts'

const config = () =>
  z.object({
    pageHeader: localisedSetting('Page Header', 'Heading by locale.'),
    pageDescription: localisedSetting('Page Description', 'Text by locale.'),
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

type Config = z.infer<ReturnType<typeof config>>
type Context = NodeContext<Config> & { nodes: NodePort }

/** What the nodes of the page share. */
type Inside = Pick<Context, 'state' | 'nodes'>

type Child = { id: string; type: string }

/** The page's outcome for an outcome of one of its nodes. */
type OutcomeId = (childId: string, outcome: string) => string

/** The action of one node on the page, and the answers that it received. */
type Turn = Child & { action: Action; answers: readonly Answer[] }

/** The nodes that have run, by their place on the page, and the one that decides unless the page waits for an answer. */
type Turns = { turns: readonly Turn[]; isWaiting: boolean; decides: Turn | undefined }

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
export const pageNode = pageType('1.0', (_childId, outcome) => outcome, takeTurns)

/**
 * Version 2.0 prefixes outcomes with the id of the node that has them. Standalone nodes may follow the node that decides.
 * Source: "Page node", version 2.0.
 */
export const pageNodeV2 = pageType('2.0', (childId, outcome) => `${childId}-${outcome}`, takeTurnsV2)

function pageType(version: '1.0' | '2.0', outcomeId: OutcomeId, take: typeof takeTurns) {
  return defineNode({
    type: 'PageNode',
    version,
    title: 'Page Node',
    help: 'Shows the callbacks of several nodes on one page.',
    tags: ['utilities'],
    family: 'collect',
    config,
    outcomes: (config, around) =>
      childOutcomes(config, around, version).map(({ childId, id, displayName }) => ({
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
      outcomes: {
        '*':
          version === '1.0'
            ? 'Those of the last node on the page.'
            : 'Those of the last node that is not standalone, and of the standalone nodes after it.',
      },
      outputs: 'whatever the nodes on the page change',
      keys: { [ownersKey]: 'The node on the page that owns each callback.' },
    },
    run: (context): Action | Promise<Action> => runWork(runPage(context, outcomeId, take)),
  })
}

function* runPage(context: Context, outcomeId: OutcomeId, take: typeof takeTurns): Work<Action> {
  const children = pageChildren({ nodes: context.config.nodes })
  if (children.length === 0) return fail('This page has no nodes in it, so cannot proceed')
  const owners = ownersIn(context.state)
  const answersOf = (place: number) => context.answers.filter(({ id }) => owners.get(String(id)) === place)
  const taken = yield* take(context, children, answersOf)
  if ('kind' in taken) return taken
  return { ...conclude(context.state, owners, taken, outcomeId), ...pageExtras(context, taken.turns) }
}

/** The turns of all nodes, or an action that ends the page. */
function* takeTurns(
  context: Context,
  children: readonly Child[],
  answersOf: (place: number) => readonly Answer[],
): Work<Turns | Action> {
  const turns: Turn[] = []
  for (const [place, child] of inTurn(children)) {
    const turn = yield* takeTurn(context, child, answersOf(place))
    if ('kind' in turn) return turn
    if (isElsewhere(turn)) return { turns: [turn], isWaiting: false, decides: turn }
    turns[place] = turn
  }
  return { turns, isWaiting: turns.some(isAsking), decides: turns.at(-1) }
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

/**
 * Standalone nodes run before the others. If one of them leaves the page, the others don't run: what the person typed must not
 * mix with a passkey or a provider.
 */
function* takeTurnsV2(
  context: Context,
  children: readonly Child[],
  answersOf: (place: number) => readonly Answer[],
): Work<Turns | Action> {
  const typeOf = ({ id }: Child) => context.nodes.childType(id)
  const first = firstStandalone(children, typeOf)
  const isTyped = children.some((_, place) => place < first && answersOf(place).some(hasText))
  const turns: Turn[] = []
  for (const [place, child] of [...children.entries()].slice(first)) {
    let turn = yield* takeTurn(context, child, answersOf(place))
    if ('kind' in turn) return turn
    const part = partOf(turn, typeOf(child)?.standalone)
    // rule S41: otherwise the name typed beside a passkey of another person signs in
    if (part === 'leaves' || (part === 'yields' && !isTyped)) {
      return { turns: [turn], isWaiting: false, decides: turn }
    }
    // Its answer doesn't count, so it asks again.
    if (part === 'yields') turn = yield* takeTurn(context, child, [])
    if ('kind' in turn) return turn
    turns[place] = turn
  }
  const { state, nodes } = context
  const before = state.snapshot()
  const asking: NodeState[] = []
  for (const [place, child] of [...children.entries()].slice(0, first)) {
    const own = state.narrowedTo(['*'])
    const turn = yield* takeTurn({ state: own, nodes }, child, answersOf(place))
    if ('kind' in turn) return turn
    state.adopt(own)
    if (turn.action.kind === 'send') asking.push(own)
    turns[place] = turn
  }
  const isNeeded = (turn: Turn) => !typeOf(turn)?.standalone?.isOptional
  const needed = turns.filter(isNeeded)
  const handsOver = turns.find((turn) => partOf(turn, typeOf(turn)?.standalone) === 'handsOver')
  const isWaiting = (needed.length > 0 ? needed : turns).some(isAsking)
  // rule S41: otherwise a name that was typed earlier stays when a passkey leaves the page
  if (isWaiting && first < children.length) forgetAnswers(state, before, asking)
  return { turns, isWaiting, decides: handsOver ?? turns[Math.max(first, 1) - 1] }
}

/**
 * Takes back what filled-in fields of a page wrote. They are answered again with the page, unless a passkey or a provider leaves it.
 * @param asking the states of nodes that ask again, which may remember what they asked
 */
function forgetAnswers(state: NodeState, before: StateSnapshot, asking: readonly NodeState[]): void {
  const kept = new NodeState(before)
  for (const own of asking) {
    const { shared, transient } = own.snapshot()
    for (const key of own.keysWritten) {
      // Nodes write it as a whole, with what others put there.
      // rule S41: otherwise an attribute that was typed earlier stays when a passkey leaves the page
      if (key === container) continue
      kept.remove(key)
      if (Object.hasOwn(shared, key)) kept.putShared(key, shared[key] ?? null)
      if (Object.hasOwn(transient, key)) kept.putTransient(key, transient[key] ?? null)
    }
  }
  state.adopt(kept)
}

function partOf({ action }: Turn, standalone: Standalone<string> | undefined) {
  if (standalone === undefined || action.kind !== 'goTo') return undefined
  if (standalone.handsOver?.includes(action.outcome)) return 'handsOver'
  return standalone.yields?.includes(action.outcome) ? 'yields' : 'leaves'
}

function hasText({ input }: Answer): boolean {
  return Object.values(input).some((value) => typeof value === 'string' && value !== '')
}

function* takeTurn(context: Inside, child: Child, answers: readonly Answer[]): Work<Turn | Action> {
  const action = yield* runChild(context, child, answers)
  if (action.kind !== 'goTo' && action.kind !== 'send') return action
  return { ...child, action, answers }
}

function ownersIn(state: NodeState): ReadonlyMap<string, Json> {
  const owners = state.get(ownersKey)
  return new Map(isJsonObject(owners) ? Object.entries(owners) : [])
}

function* runChild({ state, nodes }: Inside, { id, type }: Child, answers: readonly Answer[]): Work<Action> {
  // A page on a page could contain itself.
  if (type === 'PageNode') return fail(`Illegal child node type: ${type}`)
  const action = yield* waitFor(nodes.runChild({ id, answers, state }))
  if (action === undefined) return fail(`Node does not exist: ${id}`)
  return action.kind === 'enter' ? fail(`Illegal child node type: ${type}`) : action
}

/** Sends the page again while it waits for an answer. Then one of its nodes decides. */
function conclude(
  state: NodeState,
  owners: ReadonlyMap<string, Json>,
  { turns, isWaiting, decides }: Turns,
  outcomeId: OutcomeId,
): Action {
  const [first, ...others] = isWaiting ? callbacksOf(turns, nextId(owners)) : []
  if (first !== undefined) {
    const owned = [first, ...others].map(({ callback, place }) => [String(callback.id), place] as const)
    state.putShared(ownersKey, Object.fromEntries(owned))
    return send([first.callback, ...others.map(({ callback }) => callback)])
  }
  state.remove(ownersKey)
  if (decides?.action.kind !== 'goTo') return fail('No outcome and only metadata callbacks found')
  return goTo(outcomeId(decides.id, decides.action.outcome))
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
