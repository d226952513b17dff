import type { JourneyDocument } from '../../journeys/journey-document.ts'
import type { FrozenScript } from '../../journeys/revision.ts'
import { typesWith } from '../../journeys/revisions.ts'
import type { CustomNodeType } from '../../nodes/custom-node-type.ts'
import { secretSettingsNamed } from '../../nodes/secret-settings.ts'
import type { World } from '../world/world.ts'
import type { Trace } from './trace.ts'
import type { TraceMask } from './trace-mask.ts'

/** The revisions of these journeys, as one configuration without secrets. @param realm path of the realm. */
export async function frozenConfiguration(
  world: Pick<World, 'parts'>,
  { realm, journeys }: { realm: string; journeys: readonly string[] },
  mask: TraceMask,
): Promise<Trace['frozen']> {
  const { revisions, stores } = world.parts
  const found = await Promise.all(journeys.map((name) => revisions.current(realm, name)))
  const frozen = found.flatMap((revision) => revision ?? [])
  const names = new Set(frozen.flatMap(({ content }) => Object.keys(content.journeys)))
  const documents = await stores.configuration.journeys(realm)
  const used = documents.filter(({ _id }) => names.has(_id))
  const ids = new Set(
    frozen.flatMap(({ content }) =>
      Object.values(content.journeys).flatMap(({ nodes, children }) => [
        ...Object.keys(nodes),
        ...Object.keys(children),
      ]),
    ),
  )
  const customNodeTypes = uniqueTypes(frozen.flatMap(({ content }) => content.customNodeTypes))
  const typeNamed = typesWith(customNodeTypes)
  const nodes = (await stores.configuration.nodes(realm)).filter(({ id }) => ids.has(id))
  return {
    revisions: frozen.map(({ id, content }) => ({ journey: content.root, id })),
    journeys: used.map((document) => maskedDocument(document, mask)),
    nodes: nodes.map(({ config, ...node }) => {
      const secrets = secretSettingsNamed(node.type, typeNamed(node.type, node.version))
      return { ...node, config: mask.settings(config, secrets) }
    }),
    scripts: Object.assign({}, ...frozen.map(({ content }) => maskedScripts(content.scripts, mask))),
    customNodeTypes: customNodeTypes.map((type) => maskedType(type, mask)),
  }
}

function uniqueTypes(types: readonly CustomNodeType[]): CustomNodeType[] {
  return [...new Map(types.map((type) => [type.serviceName, type])).values()]
}

/** Default values are the settings of nodes that don't have their own. */
function maskedType(type: CustomNodeType, mask: TraceMask): CustomNodeType {
  const properties = Object.entries(type.properties).map(([name, { defaultValue, ...property }]) => {
    if (defaultValue === undefined) return [name, property] as const
    const { [name]: masked = null } = mask.settings({ [name]: defaultValue })
    return [name, { ...property, defaultValue: masked }] as const
  })
  return { ...type, script: mask.source(type.script), properties: Object.fromEntries(properties) }
}

function maskedDocument({ description, ...document }: JourneyDocument, mask: TraceMask): JourneyDocument {
  return { ...document, ...(description === undefined ? {} : { description: mask.text(description) }) }
}

function maskedScripts(scripts: Readonly<Record<string, FrozenScript>>, mask: TraceMask) {
  const entries = Object.entries(scripts).map(([id, script]) => {
    return [id, { ...script, source: mask.source(script.source) }] as const
  })
  return Object.fromEntries(entries)
}
