import type { BrowserContext } from 'playwright-core'
import type { TestServer } from '../support/start-server.ts'
import { failureId, type Journey, storedJourney, successId } from './editor.ts'
import { originOf } from './signed-in.ts'

type Member = Record<string, unknown>

/** Content of a server by name, because ids differ between servers. */
export type Content = { nodeTypes: Record<string, Member>; scripts: Record<string, Member> } & {
  typeName(type: string): string
  scriptName(id: string): string
  /** Default settings of a new node, of all versions of the type. */
  template(type: string): Member
}

/** Reads node types and scripts with the session of a window. */
export async function readContent(person: BrowserContext, server: TestServer): Promise<Content> {
  const listOf = async (path: string): Promise<Member[]> => {
    const response = await person.request.get(`${originOf(server)}/am/json/${path}?_queryFilter=true`)
    return (await response.json()).result
  }
  const described = await listOf('realms/root/realms/alpha/node-types')
  const types = await listOf('node-designer/node-type')
  // Every realm has the built-in scripts.
  const scripts = (await listOf('realms/root/realms/alpha/scripts')).filter(
    (script) => script.default !== true,
  )
  const nameOf = (all: Member[], key: string, name: string, value: string) =>
    String(all.find((each) => each[key] === value)?.[name] ?? value)
  return {
    nodeTypes: Object.fromEntries(types.map((type) => [type.displayName, withoutIds(type)])),
    scripts: Object.fromEntries(scripts.map((script) => [script.name, withoutIds(script)])),
    typeName: (type) => nameOf(described, 'type', 'title', type),
    scriptName: (id) => nameOf(scripts, '_id', 'name', id),
    template: (name) =>
      Object.assign({}, ...described.filter(({ type }) => type === name).map(({ template }) => template)),
  }
}

/** Removes ids, revisions, dates and descriptions. */
function withoutIds({ _id, _rev, serviceName, description, tags, ...own }: Member): Member {
  return Object.fromEntries(Object.entries(own).filter(([name]) => !/^(creat|lastModified)/.test(name)))
}

type ShownNode = { type: string; settings: Member; children: Member[]; ways: Record<string, string> }

/** The behaviour of a journey: names in place of ids, and no positions. */
export async function readShape(
  person: BrowserContext,
  server: TestServer,
  journey: string,
): Promise<{ flags: Member; entry: string; nodes: Record<string, ShownNode> }> {
  const content = await readContent(person, server)
  const stored = await storedJourney(person, server, journey)
  const names = namesIn(stored)
  const { enabled, innerTreeOnly, mustRun, noSession, transactionalOnly, treeTimeout } = stored.tree
  const { identityResource, description, uiConfig } = stored.tree
  return {
    flags: {
      ...{ enabled, innerTreeOnly, mustRun, noSession, transactionalOnly: transactionalOnly ?? false },
      ...{ treeTimeout, identityResource, description, uiConfig },
    },
    entry: names.get(stored.tree.entryNodeId) ?? '',
    nodes: Object.fromEntries(
      Object.entries(stored.tree.nodes).map(([id, { nodeType, connections }]) => [
        names.get(id),
        {
          type: content.typeName(nodeType),
          settings: ownSettings(nodeType, stored.nodes[id], content),
          children: childrenOf(stored, id, content),
          ways: Object.fromEntries(
            Object.entries(connections).map(([way, to]) => [wayName(way), names.get(to) ?? to]),
          ),
        },
      ]),
    ),
  }
}

/** The same with English texts alone: samples also have other languages, which the vendor's example lacks. */
export function inEnglish<Shape>(shape: Shape): Shape {
  return JSON.parse(JSON.stringify(shape), (_key, value) =>
    typeof value?.en === 'string' && typeof value.de === 'string' ? { en: value.en } : value,
  )
}

/** A unique name for each node: its display name, numbered in the order of the journey if several share it. */
function namesIn({ tree }: Journey): Map<string, string> {
  const names = new Map([
    [successId, 'Success'],
    [failureId, 'Failure'],
  ])
  const waiting = [tree.entryNodeId]
  for (const id of waiting) {
    const node = tree.nodes[id]
    if (node === undefined || names.has(id)) continue
    const alike = [...names.values()].filter((name) => name.startsWith(node.displayName)).length
    names.set(id, alike === 0 ? node.displayName : `${node.displayName} ${alike + 1}`)
    const ways = Object.entries(node.connections).toSorted(([one], [other]) => one.localeCompare(other))
    waiting.push(...ways.map(([, to]) => to))
  }
  return names
}

/** Outcomes of pages, version 2, start with the id of a node on the page. */
function wayName(way: string): string {
  return way.replace(/^[\da-f-]{36}-/, '')
}

/** Settings that differ from the defaults. */
function ownSettings(type: string, settings: Member | undefined, { scriptName, template }: Content): Member {
  const { _id, _rev, _type, _outcomes, nodes, ...own } = settings ?? {}
  const usual = template(type)
  const chosen = Object.entries(own).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]),
  )
  return Object.fromEntries(
    chosen.map(([name, value]) => [name, name === 'script' ? scriptName(String(value)) : value]),
  )
}

function childrenOf({ nodes, innerNodes }: Journey, id: string, content: Content): Member[] {
  const children = nodes[id]?.nodes
  if (!Array.isArray(children)) return []
  return children.map(({ _id, nodeType, displayName }) => ({
    nodeType,
    displayName,
    settings: ownSettings(nodeType, innerNodes[_id], content),
  }))
}
