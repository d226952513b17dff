import { isDeepStrictEqual } from 'node:util'
import { RequestError } from '../../base/errors.ts'
import { parseNodeBody, statedMembers, validAttributes } from '../../nodes/node-schema.ts'
import { isSafeName, safeName } from '../exchange/read-result.ts'
import type { RealmContent } from '../exchange/realm-content.ts'
import { type Member, membersOf, referencesOf } from '../exchange/references.ts'
import { graphProblems } from '../graph-problems.ts'
import type { NodeDocument } from '../journey-document.ts'
import type { TypeLookup } from '../revision.ts'
import { withSecretsOf } from '../sealed-configuration.ts'
import type { Draft } from './read-draft.ts'

/** The reason why a draft can't be saved, with the node and the setting if known. */
export type DraftProblem = {
  message: string
  nodeId?: string
  nodeType?: string
  displayName?: string
  attribute?: string
  /** Only for a setting that the type doesn't have. */
  validAttributes?: string[]
}

type Realm = Pick<RealmContent, 'nodes' | 'scripts'>

/** Ids of the nodes that the journey had before, including nodes without settings after an import. */
type Before = ReadonlySet<string>

/**
 * Checks a draft against the realm. Secrets that it doesn't replace stay, because editors never see them.
 * @returns the nodes to store, with defaults.
 * @throws RequestError 400 with all problems, the first one in AM's form.
 */
export function checkDraft(
  draft: Draft,
  realm: Realm,
  before: Before,
  typeNamed: TypeLookup,
): NodeDocument[] {
  const stored = new Map(realm.nodes.map((node) => [node.id, node]))
  const { nodes, moved } = withSecrets(draft, realm.nodes)
  const checked = nodes.map((node) =>
    // Unchanged nodes are not checked, because an import may have stored nodes that AM would reject.
    isDeepStrictEqual(stored.get(node.id), node)
      ? { node }
      : checkNode(node, stored.get(node.id), realm, typeNamed),
  )
  const places = placesOf(draft)
  const isJudged = ({ id }: Place) => draft.nodes.has(id) || stored.has(id) || !before.has(id)
  const problems = [
    ...[...places.values()].filter(isJudged).flatMap((place) => placeProblems(draft, place)),
    ...strayNodes(draft, places),
    ...graphProblems(draft.journey),
    // rule R10: otherwise a published draft that moves a secret removes it in silence
    ...moved,
    ...checked.flatMap(({ problem }) => problem ?? []),
  ].map((problem) => about(places, problem))
  if (problems.length > 0) throw new DraftRefusal(problems)
  return checked.map(({ node }) => node)
}

/**
 * The nodes of a draft to store, with the stored secrets that it doesn't replace.
 * @throws RequestError 400 for secrets whose place changed, in the form of {@link checkDraft}.
 */
export function withKeptSecrets(draft: Draft, stored: Iterable<NodeDocument>): NodeDocument[] {
  const { nodes, moved } = withSecrets(draft, stored)
  const places = placesOf(draft)
  // rule R10: otherwise a saved draft that moves its own secret removes it in silence
  if (moved.length > 0) throw new DraftRefusal(moved.map((problem) => about(places, problem)))
  return nodes
}

function withSecrets({ nodes: sent }: Draft, stored: Iterable<NodeDocument>) {
  const moved: DraftProblem[] = []
  const nodes = withSecretsOf([...sent.values()], [...stored], ({ secret, message }, { id }) =>
    moved.push({ nodeId: id, attribute: secret, message }),
  )
  return { nodes, moved }
}

type Place = Pick<Member, 'id' | 'type' | 'displayName'> & { section: 'nodes' | 'innerNodes' }

function placesOf({ journey, nodes }: Draft): ReadonlyMap<string, Place> {
  const places = membersOf(journey, nodes).map(({ id, type, displayName }): [string, Place] => [
    id,
    { id, type, displayName, section: Object.hasOwn(journey.nodes, id) ? 'nodes' : 'innerNodes' },
  ])
  return new Map(places)
}

/** Reports settings that belong to no node of the journey. */
function strayNodes({ sent }: Draft, places: ReadonlyMap<string, Place>): DraftProblem[] {
  return (['nodes', 'innerNodes'] as const).flatMap((section) =>
    sent[section]
      .filter((id) => places.get(id)?.section !== section)
      .map((nodeId) => ({
        nodeId,
        message: section === 'nodes' ? 'Node is not in the tree' : 'Node is on no page of the journey',
      })),
  )
}

function placeProblems({ nodes }: Draft, { id: nodeId, type, section }: Place): DraftProblem[] {
  if (!isSafeName(nodeId)) {
    return [{ nodeId, message: `The id must be ${safeName}` }]
  }
  const node = nodes.get(nodeId)
  if (node === undefined) return [{ nodeId, message: `Node has no settings in ${section}` }]
  if (node.type === type) return []
  return [{ nodeId, message: `Node is of type ${type} in the journey and of type ${node.type} itself` }]
}

function checkNode(
  node: NodeDocument,
  stored: NodeDocument | undefined,
  { scripts }: Realm,
  typeNamed: TypeLookup,
): { node: NodeDocument; problem?: DraftProblem } {
  const { id: nodeId } = node
  const type = typeNamed(node.type, node.version)
  // Settings of an unsupported type are kept unchecked.
  if (type === undefined) return { node }
  const { _type, _outcomes, ...settings } = node.config
  const said = statedMembers(type, stored?.config ?? node.config)
  const parsed = parseNodeBody(type, { ...settings, ...said })
  if (!parsed.ok && 'unknownAttributes' in parsed) {
    const [attribute = ''] = parsed.unknownAttributes
    const problem = { nodeId, attribute, message: 'Invalid attribute specified.' }
    return { node, problem: { ...problem, validAttributes: validAttributes(type).toSorted() } }
  }
  if (!parsed.ok) {
    return { node, problem: { nodeId, attribute: parsed.attribute, message: parsed.message } }
  }
  const settled = { ...node, config: parsed.config }
  const missing = referencesOf({ type: node.type, settings: settled }).find(
    ({ kind, id }) => kind === 'script' && !scripts.some((script) => script.id === id),
  )
  if (missing === undefined) return { node: settled }
  const message = `Data validation failed for the attribute, Script: there is no script ${missing.id}`
  return { node, problem: { nodeId, attribute: 'script', message } }
}

/** Adds the display name of the node to the message. */
function about(places: ReadonlyMap<string, Place>, problem: DraftProblem): DraftProblem {
  const place = problem.nodeId === undefined ? undefined : places.get(problem.nodeId)
  if (place === undefined) return problem
  const { type: nodeType, displayName } = place
  const { nodeId, message, ...rest } = problem
  const named = `${displayName || nodeId} (${nodeType}): ${message}`
  return { nodeId: place.id, nodeType, displayName, ...rest, message: named }
}

/** The problems for which `check` refuses a draft. Other errors are thrown. */
export function draftProblemsOf(check: () => unknown): DraftProblem[] {
  try {
    check()
    return []
  } catch (error) {
    if (error instanceof DraftRefusal) return [...error.problems]
    if (error instanceof RequestError) return [{ message: error.message }]
    throw error
  }
}

class DraftRefusal extends RequestError {
  readonly problems: readonly DraftProblem[]

  constructor(problems: readonly DraftProblem[]) {
    const [{ message, ...first } = { message: '' }] = problems
    super(400, message, { ...first, problems: problems.map((problem) => ({ ...problem })) })
    this.problems = problems
  }
}
