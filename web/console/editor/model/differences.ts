import { isSameJson } from '../../../api/json.ts'
import { type Draft, isEnd, memberOf, nodeOf, ownSettings, settingsOf, startId } from './draft.ts'
import { childrenOf } from './page-children.ts'

export type Difference = {
  kind: 'added' | 'removed' | 'changed' | 'moved' | 'journey'
  /** Absent if the change is about several nodes or the journey itself. */
  nodeId?: string
  /** For example "Pending Wait: Seconds to Wait 3 to 5". */
  text: string
}

/** Gives the title of a setting, and whether its value is secret. */
export type DescribeSetting = (type: string, setting: string) => { title: string; isSecret: boolean }

/** Describes the changes between two versions of a journey: one line per node, and one for all moves. */
export function differencesOf(before: Draft, after: Draft, describe: DescribeSetting): Difference[] {
  const ids = [...new Set([...Object.keys(after.tree.nodes), ...Object.keys(before.tree.nodes)])]
  const nodes = ids.flatMap((id): Difference[] => {
    const [was, is] = [nodeOf(before, id), nodeOf(after, id)]
    if (was === undefined && is === undefined) return []
    if (was === undefined) return [{ kind: 'added', nodeId: id, text: `Added ${nameOf(after, id)}` }]
    if (is === undefined) return [{ kind: 'removed', nodeId: id, text: `Removed ${nameOf(before, id)}` }]
    const changes = changesOf(before, after, id, describe)
    return changes.length === 0
      ? []
      : [{ kind: 'changed', nodeId: id, text: `${nameOf(after, id)}: ${changes.join(', ')}` }]
  })
  return [...nodes, ...movesOf(before, after), ...journeyChanges(before, after)]
}

function nameOf(draft: Draft, id: string): string {
  const node = nodeOf(draft, id)
  return node?.displayName || node?.nodeType || id
}

function changesOf(before: Draft, after: Draft, id: string, describe: DescribeSetting): string[] {
  const [was, is] = [nodeOf(before, id), nodeOf(after, id)]
  const type = is?.nodeType ?? ''
  return [
    ...(was?.displayName === is?.displayName ? [] : [`renamed from ${was?.displayName ?? ''}`]),
    ...settingChanges(before, after, id, (setting) => describe(type, setting)),
    ...(isSameJson(was?.connections ?? {}, is?.connections ?? {}) ? [] : ['connections']),
    ...childChanges(before, after, id, describe),
  ]
}

function settingChanges(
  before: Draft,
  after: Draft,
  id: string,
  describe: (setting: string) => ReturnType<DescribeSetting>,
): string[] {
  const [was, is] = [ownSettings(settingsOf(before, id)), ownSettings(settingsOf(after, id))]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => name !== 'nodes' || childrenOf(after, id).length === 0)
    .filter((name) => !isSameJson(was[name], is[name]))
    .map((name) => {
      const [from, to] = [was[name], is[name]]
      const { title, isSecret } = describe(name)
      return isShort(from) && isShort(to) && !isSecret ? `${title} ${from} to ${to}` : title
    })
}

function childChanges(before: Draft, after: Draft, id: string, describe: DescribeSetting): string[] {
  const [was, is] = [childrenOf(before, id), childrenOf(after, id)]
  const changed = is.flatMap((child) => {
    const earlier = was.find((other) => other.id === child.id)
    if (earlier === undefined) return [`added ${child.displayName}`]
    const settings = settingChanges(before, after, child.id, (name) => describe(child.type, name))
    const names = earlier.displayName === child.displayName ? [] : [`${earlier.displayName} renamed`]
    return [...names, ...settings]
  })
  const removed = was.filter((child) => !is.some((other) => other.id === child.id))
  const isReordered = isSameJson(was.map((child) => child.id).sort(), is.map((child) => child.id).sort())
    ? was.some((child, at) => is[at]?.id !== child.id)
    : false
  return [
    ...changed,
    ...removed.map((child) => `removed ${child.displayName}`),
    ...(isReordered ? ['order of nodes'] : []),
  ]
}

function movesOf(before: Draft, after: Draft): Difference[] {
  const moved = Object.keys(after.tree.nodes).filter((id) => {
    const [was, is] = [nodeOf(before, id), nodeOf(after, id)]
    return was !== undefined && (was.x !== is?.x || was.y !== is?.y)
  })
  const ends = Object.keys(after.tree.staticNodes ?? {}).filter(
    (id) =>
      (isEnd(id) || id === startId) &&
      !isSameJson(memberOf(before.tree.staticNodes, id), memberOf(after.tree.staticNodes, id)),
  )
  const count = moved.length + ends.length
  if (count === 0) return []
  const [only] = moved
  if (count === 1 && only !== undefined)
    return [{ kind: 'moved', nodeId: only, text: `Moved ${nameOf(after, only)}` }]
  return [{ kind: 'moved', text: `Moved ${count} nodes` }]
}

const memberTitles: Readonly<Record<string, string>> = {
  entryNodeId: 'first node',
  description: 'description',
  enabled: 'enabled',
  innerTreeOnly: 'inner journey only',
  mustRun: 'always run',
  noSession: 'no session',
  transactionalOnly: 'transactional only',
  identityResource: 'identity type',
  uiConfig: 'categories',
}

function journeyChanges(before: Draft, after: Draft): Difference[] {
  const members = [...new Set([...Object.keys(before.tree), ...Object.keys(after.tree)])]
  const changed = members.filter(
    (name) =>
      !['nodes', 'staticNodes', '_id', '_rev'].includes(name) &&
      !isSameJson(before.tree[name], after.tree[name]),
  )
  if (changed.length === 0) return []
  const names = changed.map((name) => memberTitles[name] ?? name)
  return [{ kind: 'journey', text: `Journey: ${names.join(', ')}` }]
}

function isShort(value: unknown): value is string | number | boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    (typeof value === 'string' && value.length <= 24)
  )
}
