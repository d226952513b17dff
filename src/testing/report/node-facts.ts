import type { Json } from '../../base/json.ts'
import { isSecretSetting } from '../../base/looks-secret.ts'
import { failureId, successId } from '../../engine/journey.ts'
import { titleIn } from '../../journeys/compare/node-changes.ts'
import { holdsSecret } from '../../journeys/compare/secrets.ts'
import { harmless, shown } from '../../journeys/compare/shown.ts'
import type { Place } from '../../journeys/exchange/places.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { secretSettingsNamed } from '../../nodes/secret-settings.ts'
import type { Visit } from '../play/visits.ts'
import type { Project } from '../project/project.ts'

/** Settings of a node that are shown. */
const maxSettings = 4

/** A fact about a node, and where the files say so. */
export type Fact = { text: string; place: Place | undefined }

/** What explains the outcome of a node: its type and settings, and where the outcome leads. */
export function factsOf({ id, journey, outcome, name, step }: Visit, project: Project): Fact[] {
  const { bundle, places } = project
  const document = bundle.journeys.find(({ _id }) => _id === journey)
  const placed = document?.nodes[id]
  if (document === undefined || placed === undefined) return []
  const target = placed.connections[outcome]
  const leadsTo =
    target === successId
      ? 'Success'
      : target === failureId
        ? 'Failure'
        : document.nodes[target ?? '']?.displayName
  const type = titleOf(step.nodeType, project)
  const node = type === name ? name : `${name} (${type})`
  return [
    ...settingsOf(id, project).map(({ title, key, value }) => ({
      text: `${node}  ${title} = ${value}`,
      place: places.setting(journey, id, key),
    })),
    {
      text: `${name} → ${outcome} leads to ${leadsTo ?? 'nothing'}`,
      place: places.connection(journey, id, outcome) ?? places.node(journey, id),
    },
  ].map(({ text, place }) => ({ text: harmless(text), place }))
}

function titleOf(type: string, { bundle }: Project): string {
  return typesWith(bundle.customNodeTypes)(type)?.title ?? type
}

/** The first settings with a plain value. Secrets are left out. */
export function settingsOf(id: string, { bundle }: Project) {
  const node = bundle.nodes.find((each) => each.id === id)
  const type = node && typesWith(bundle.customNodeTypes)(node.type, node.version)
  const secrets = new Set(node === undefined ? [] : secretSettingsNamed(node.type, type))
  const names = new Map(bundle.scripts.map((script) => [script.id, script.name]))
  return Object.entries(node?.config ?? {})
    .filter(
      ([key, value]) => !secrets.has(key) && !isSecretSetting(key) && isPlain(value) && !holdsSecret(value),
    )
    .slice(0, maxSettings)
    .map(([key, value]) => ({ key, title: titleIn(type, key), value: shown(value, names) }))
}

function isPlain(value: Json): boolean {
  return typeof value !== 'object' && value !== ''
}
