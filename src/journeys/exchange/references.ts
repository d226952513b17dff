import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { nothingChosen } from '../../base/nothing-chosen.ts'
import { pageChildren } from '../../engine/journey.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'
import type { DocumentKind } from './bundle.ts'

/** A reference of a node or script, by id or by name as in the vendor's format. */
export type Reference = {
  kind: 'journey' | 'script' | 'library' | 'customNodeType' | 'webhook' | DocumentKind
  id: string
}

/** A node of a journey or page. `settings` is undefined if they are missing. */
export type Member = {
  id: string
  type: string
  version: string
  displayName: string
  settings: NodeDocument | undefined
}

const designer = 'designer-'

/** All nodes of a journey, including those on pages. */
export function membersOf(journey: JourneyDocument, nodes: ReadonlyMap<string, NodeDocument>): Member[] {
  return Object.entries(journey.nodes).flatMap(([id, { nodeType, displayName, version }]) => {
    const settings = nodes.get(id)
    const outer = member(id, nodeType, displayName, version, settings)
    const children = pageChildren(settings?.config ?? {}).map((child) =>
      member(child.id, child.type, child.displayName, child.version, nodes.get(child.id)),
    )
    return [outer, ...children]
  })
}

function member(
  id: string,
  type: string,
  displayName: string,
  version: string | undefined,
  settings: NodeDocument | undefined,
): Member {
  return { id, type, displayName, version: version ?? settings?.version ?? '1.0', settings }
}

/** The things that a node needs. */
export function referencesOf({ type, settings }: Pick<Member, 'type' | 'settings'>): Reference[] {
  const config = settings?.config ?? {}
  const isCustom = type.startsWith(designer)
  return [
    ...(isCustom ? [customType(type)] : []),
    ...(type === 'ConfigProviderNode' ? imitated(config) : []),
    ...(startsJourney.has(type) ? texts('journey', config.tree) : []),
    ...(isCustom || config.script === nothingChosen ? [] : texts('script', config.script)),
    ...texts('emailTemplate', config.emailTemplateName),
    ...themeOf(config.stage),
    ...(type === 'RegisterLogoutWebhookNode' ? texts('webhook', config.webhookName) : []),
    ...(type === 'SelectIdPNode' ? texts('socialIdentityProvider', config.filteredProviders) : []),
  ]
}

const startsJourney: ReadonlySet<string> = new Set(['InnerTreeEvaluatorNode', 'BackChannelInitNode'])

function imitated({ nodeType }: JsonObject): Reference[] {
  return typeof nodeType === 'string' && nodeType.startsWith(designer) ? [customType(nodeType)] : []
}

function customType(type: string): Reference {
  return { kind: 'customNodeType', id: type.slice(designer.length) }
}

function texts(kind: Reference['kind'], value: Json | undefined): Reference[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((id): id is string => typeof id === 'string' && id !== '').map((id) => ({ kind, id }))
}

/** A page refers to its theme inside a JSON text. */
function themeOf(stage: Json | undefined): Reference[] {
  if (typeof stage !== 'string' || !stage.startsWith('{')) return []
  try {
    const parsed: unknown = JSON.parse(stage)
    return isJsonObject(parsed) ? texts('theme', parsed.themeId) : []
  } catch {
    return []
  }
}

/** Matches comments and string literals, to ignore their content. */
const ignored = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'`
const requireCall = new RegExp(String.raw`\brequire\s*\(\s*(["'])(?<name>[^"'\n]+)\1\s*\)|${ignored}`, 'g')

/** The library scripts that a script requires by literal names. */
export function librariesOf(source: string): Reference[] {
  const names = [...source.matchAll(requireCall)].flatMap(({ groups }) => groups?.name ?? [])
  return [...new Set(names)].map((id) => ({ kind: 'library', id }))
}
