import { type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { customNodeTypeId } from '../../nodes/custom-node-type.ts'
import { withoutAddress } from '../../people/providers/saml/entities.ts'
import type { Script } from '../../scripts/script.ts'
import { withoutSealed } from '../../secrets/sealed-value.ts'
import type { JourneyDocument } from '../journey-document.ts'
import type { Bundle, DocumentKind } from './bundle.ts'
import { closureOf } from './closure.ts'
import { stableJson } from './stable-json.ts'
import { nodeWriter } from './write-node.ts'

/** Without date and author, so that unchanged content gives an identical file. */
export const meta = { exportTool: 'sidegate', exportToolVersion: '1.0' }

/** All journeys of a bundle in frodo's form for several journeys. `layout` has the positions of nodes. */
export function multiExport(bundle: Bundle): JsonObject {
  const trees = bundle.journeys.map(({ _id }) => [_id, journeyExport(bundle, _id)] as const)
  return { meta, trees: Object.fromEntries(trees), layout: layoutOf(bundle.journeys) }
}

/** Everything in a bundle as one file, also what none of its journeys uses. */
export function wholeFile(bundle: Bundle): string {
  return stableJson({ ...multiExport(bundle), ...sectionsOf(bundle) })
}

/** A script, custom node type or document of a bundle in a file of its own. */
export function thingFile(bundle: Bundle): WrittenFile | undefined {
  const sections = Object.entries(sectionsOf(bundle)).filter(
    ([, section]) => Object.keys(Object(section)).length > 0,
  )
  const [script] = bundle.scripts
  const [type] = bundle.customNodeTypes
  const [document] = bundle.documents
  const [name, kind] =
    script !== undefined
      ? [script.name, 'script']
      : type !== undefined
        ? [type.displayName, 'node-type']
        : [document?.id, document?.kind]
  if (name === undefined) return undefined
  return {
    name: `${fileName(name)}.${kind}.json`,
    text: stableJson({ meta, ...Object.fromEntries(sections) }),
  }
}

/** The same with positions inside the journeys, as the vendor's tools write and read them. */
export function multiExportWithPlaces(bundle: Bundle): JsonObject {
  const trees = bundle.journeys.map(({ _id }) => [_id, exportWithPlaces(bundle, _id)] as const)
  return { meta, trees: Object.fromEntries(trees) }
}

/** One journey of a bundle in the vendor's form, with the positions of its nodes. */
export function singleExport(bundle: Bundle, name: string): JsonObject {
  return { meta, ...exportWithPlaces(bundle, name) }
}

/** One journey with positions inside. */
export function exportWithPlaces(bundle: Bundle, name: string): JsonObject {
  const journey = bundle.journeys.find(({ _id }) => _id === name)
  return { ...journeyExport(bundle, name), tree: jsonObjectSchema.parse(journey) }
}

export type WrittenFile = { name: string; text: string }

/** All journeys of a bundle in one file. */
export function multiFile(bundle: Bundle): string {
  return stableJson(multiExport(bundle))
}

/** Two files per journey: frodo's form for one journey, and its layout. */
export function singleFiles(bundle: Bundle): WrittenFile[] {
  return bundle.journeys.flatMap((journey) => {
    const name = fileName(journey._id)
    const single = { meta, ...journeyExport(bundle, journey._id) }
    return [
      { name: `${name}.journey.json`, text: stableJson(single) },
      { name: `${name}.layout.json`, text: stableJson({ layout: layoutOf([journey]) }) },
    ]
  })
}

function journeyExport(bundle: Bundle, name: string): JsonObject {
  const own = closureOf([name], bundle, 'no journeys')
  const write = nodeWriter(own)
  const [journey] = own.journeys
  if (journey === undefined) throw new Error(`a bundle has no journey ${name} that it lists`)
  const nodes = own.nodes.map((node) => [node.id, write(node)] as const)
  const isOuter = ([id]: readonly [string, unknown]) => Object.hasOwn(journey.nodes, id)
  return {
    tree: treeOf(journey),
    nodes: Object.fromEntries(nodes.filter(isOuter)),
    innerNodes: Object.fromEntries(nodes.filter((node) => !isOuter(node))),
    ...sectionsOf(own),
  }
}

/** The scripts, documents and custom node types of a bundle. */
export function sectionsOf(own: Bundle): JsonObject {
  const types = own.customNodeTypes.map((type) => [customNodeTypeId(type), { ...type }] as const)
  const variables = section(own, 'variable')
  return {
    scripts: Object.fromEntries(own.scripts.map((script) => [script.id, scriptOf(script)])),
    emailTemplates: section(own, 'emailTemplate'),
    socialIdentityProviders: section(own, 'socialIdentityProvider'),
    themes: Object.entries(section(own, 'theme')).map(([_id, theme]) => ({ _id, ...Object(theme) })),
    saml2Entities: section(own, 'saml2Entity'),
    circlesOfTrust: section(own, 'circleOfTrust'),
    ...(Object.keys(variables).length === 0 ? {} : { variable: variables }),
    ...(types.length === 0 ? {} : { nodeTypes: Object.fromEntries(types) }),
  }
}

/** The journey without its layout. Tags are stored with the canvas notes, but belong to the journey. */
function treeOf({ nodes, staticNodes: _static, uiConfig, ...rest }: JourneyDocument): JsonObject {
  const places = Object.entries(nodes).map(([id, { x: _x, y: _y, ...node }]) => [id, node] as const)
  const { categories } = uiConfig
  return jsonObjectSchema.parse({
    ...rest,
    nodes: Object.fromEntries(places),
    ...(categories === undefined ? {} : { uiConfig: { categories } }),
  })
}

function layoutOf(journeys: readonly JourneyDocument[]): JsonObject {
  const layouts = journeys.map(({ _id, nodes, staticNodes, uiConfig }) => {
    const places = Object.entries(nodes).map(([id, { x, y }]) => [id, { x, y }] as const)
    const { categories: _tags, ...notes } = uiConfig
    const layout = { nodes: Object.fromEntries(places), staticNodes: staticNodes ?? {}, uiConfig: notes }
    return [_id, layout] as const
  })
  return Object.fromEntries(layouts)
}

/** Writes the source as a list of lines, for readable diffs. */
function scriptOf({ id, name, description, source, language, context, isDefault, evaluatorVersion }: Script) {
  return {
    _id: id,
    name,
    description,
    script: source.split('\n'),
    language,
    context,
    default: isDefault,
    evaluatorVersion,
  }
}

function section({ documents }: Bundle, kind: DocumentKind): JsonObject {
  return Object.fromEntries(
    documents
      .filter((one) => one.kind === kind)
      .map(({ id, document }) => [id, withoutSealed(withoutAddress(document))]),
  )
}

/** Device names on Windows, with any extension. */
const deviceName =
  /^(?=(?:con|prn|aux|nul|conin\$|conout\$|com[\d\u00b9\u00b2\u00b3]|lpt[\d\u00b9\u00b2\u00b3]) *(?:\.|$))./i

/** A file name that is valid on every file system and unique per journey. */
export function fileName(journey: string): string {
  const escaped = (mark: string) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`
  // rule S22: otherwise an export writes outside its folder, or an export opens a device of Windows
  return journey.replace(/[%/\\:*?"<>|\p{Cc}]|^\.|[. ]$/gu, escaped).replace(deviceName, escaped)
}
