import { z } from 'zod'
import { type Action, type Extras, fail, goTo, send } from '../../engine/action.ts'
import type { Answer, Callback, CallbackType } from '../../engine/callbacks.ts'
import { pageChildren } from '../../engine/journey.ts'
import { isJsonObject, type Json } from '../../engine/json.ts'
import { localise, localisedTextSchema } from '../../engine/locale.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { type NodeContext, type Outcome, outcomesOf, type Surroundings } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import type { NodePort } from '../ports/ports.ts'

const config = z.object({
  pageHeader: setting('Page Header', 'Heading by locale.', localisedTextSchema.default({}), 'localisedText'),
  pageDescription: setting(
    'Page Description',
    'Text by locale.',
    localisedTextSchema.default({}),
    'localisedText',
  ),
  stage: setting('Stage', 'What the sign-in page needs to know to lay it out.', z.string().exactOptional()),
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

/** What one node on the page said, and the answers it had. */
type Turn = Child & { action: Action; answers: readonly Answer[] }

/** State key: id of a callback on the page to the place of the node that asks it. */
const ownersKey = 'pageNodeCallbacks'

/** Their answers are neither sent back nor stored until the next request: the user types them again. */
const secretTypes: ReadonlySet<CallbackType> = new Set([
  'PasswordCallback',
  'ValidatedCreatePasswordCallback',
  'KbaCreateCallback',
])

/**
 * Shows several nodes as one page. All of them run on every visit, each with its own answers; while one of them
 * asks, the page is sent again. The last node decides where to go. Source: "Page node".
 */
export const pageNode = pageType('1.0', (_childId, outcome) => outcome)

/** As {@link pageNode}, with outcomes named after the node on the page that has them. */
export const pageNodeV2 = pageType('2.0', (childId, outcome) => `${childId}-${outcome}`)

function pageType(version: string, outcomeId: (childId: string, outcome: string) => string) {
  return defineNode({
    type: 'PageNode',
    version,
    title: 'Page Node',
    help: 'Shows the questions of several nodes on one page.',
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
    callbacks: { '*': 'Those of the nodes on the page, all at once.' },
    suspends: true,
    errors: {
      fail: {
        'This page has no nodes in it, so cannot proceed': '**Page Nodes** is empty.',
        'Node does not exist: ‹id›': 'The settings of a node on the page are lost.',
        'Illegal child node type: ‹type›': 'A node on the page is a page, or runs another journey.',
        'No outcome and only metadata callbacks found':
          'No node on the page asks anything, and the last does not decide.',
        '‹reason›': 'Whatever a node on the page fails with.',
      },
    },
    needs: ['nodes'],
    reference: {
      outcomes: { '*': 'Those of the last node on the page.' },
      outputs: 'whatever the nodes on the page change',
      keys: { [ownersKey]: 'Which node on the page asked what.' },
    },
    async run(context): Promise<Action> {
      const children = pageChildren({ nodes: context.config.nodes })
      if (children.length === 0) return fail('This page has no nodes in it, so cannot proceed')
      const owners = ownersIn(context.state)
      let turns: Turn[] = []
      for (const [place, child] of inTurn(children)) {
        const answers = context.answers.filter(({ id }) => owners.get(String(id)) === place)
        const action = await runChild(context, child, answers)
        if (action.kind !== 'goTo' && action.kind !== 'send') return action
        const turn = { ...child, action, answers }
        turns[place] = turn
        if (isElsewhere(turn)) {
          turns = [turn]
          break
        }
      }
      return { ...conclude(context.state, owners, turns, outcomeId), ...pageExtras(context, turns) }
    },
  })
}

const chooser = 'SelectIdPNode'

/** Whoever signs in elsewhere need not fill in the rest: that choice, at the end of a page, is asked for first. */
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

async function runChild({ state, nodes }: Context, { id, type }: Child, answers: readonly Answer[]) {
  // A page on a page might hold itself.
  if (type === 'PageNode') return fail(`Illegal child node type: ${type}`)
  const action = await nodes.runChild({ id, answers, state })
  if (action === undefined) return fail(`Node does not exist: ${id}`)
  return action.kind === 'enter' ? fail(`Illegal child node type: ${type}`) : action
}

/** Asks again while a node asks for more than to be noticed; else the last node decides. */
function conclude(
  state: NodeState,
  owners: ReadonlyMap<string, Json>,
  turns: readonly Turn[],
  outcomeId: (childId: string, outcome: string) => string,
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

/** What nodes ask anew gets new ids; what a node was content with is shown again as the user left it. */
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

/** Other wishes of the nodes on a page are not the page's. */
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

function lastOutcomes(config: Config, around: Surroundings): readonly (Outcome & { childId: string })[] {
  const last = pageChildren({ nodes: config.nodes }).at(-1)
  const settings = last && around.child(last.id)
  const type = last && around.typeNamed(last.type, last.version ?? settings?.version)
  // A page on a page is illegal, and might be the page itself.
  if (last === undefined || type === undefined || type.type === 'PageNode') return []
  const parsed = type.config.safeParse(settings?.config)
  if (!parsed.success) return []
  return outcomesOf(type, parsed.data, around).map((outcome) => ({ ...outcome, childId: last.id }))
}
