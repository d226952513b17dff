import { join } from 'node:path'
import type { JsonObject } from '../../engine/json.ts'
import { jsonObjectSchema } from '../../engine/json.ts'
import { customNodeTypeId } from '../../nodes/custom-node-type.ts'
import type { Bundle, BundleDocument } from '../exchange/bundle.ts'
import { type Member, membersOf } from '../exchange/references.ts'
import { stableJson } from '../exchange/stable-json.ts'
import { fileName, type WrittenFile } from '../exchange/write-export.ts'
import { nodeWriter } from '../exchange/write-node.ts'
import type { JourneyDocument } from '../journey-document.ts'

/** The folders of fr-config-manager: `root` has the things of all realms, `realm` those of one. */
export type FrConfigFolders = { root: string; realm: string }

/** Finds the folders from the path of a journey's file. */
export function frConfigFolders(journeyPath: string): FrConfigFolders | undefined {
  const [, root = '', realm = ''] = /^(.*\/|)(realms\/[^/]+)\/journeys\//.exec(journeyPath) ?? []
  return realm === '' ? undefined : { root, realm: join(root, realm) }
}

/**
 * Files for new things in the form of fr-config-manager: one for each thing, and the sources of scripts apart.
 * @param server has the nodes of the journeys, and their types.
 */
export function frConfigFiles(
  bundle: Bundle,
  server: Bundle,
  { root, realm }: FrConfigFolders,
): WrittenFile[] {
  const journeys = bundle.journeys.flatMap((journey) => {
    const name = fileName(journey._id)
    const folder = join(realm, 'journeys', name)
    const tree = { name: join(folder, `${name}.json`), text: stableJson(jsonObjectSchema.parse(journey)) }
    return [tree, ...frConfigNodes(journey, server, folder)]
  })
  const scripts = bundle.scripts.flatMap(
    ({ id, name, description, language, context, isDefault, evaluatorVersion, source }) => {
      const file = `scripts-content/${fileName(context)}/${fileName(name)}.js`
      const config = {
        _id: id,
        name,
        description,
        script: { file },
        language,
        context,
        default: isDefault,
        evaluatorVersion,
      }
      const folder = join(realm, 'scripts')
      return [
        json(join(folder, 'scripts-config', `${fileName(id)}.json`), config),
        { name: join(folder, file), text: source },
      ]
    },
  )
  const types = bundle.customNodeTypes.flatMap(({ script, ...type }) => {
    const name = fileName(type.displayName)
    const folder = join(root, 'custom-nodes', 'nodes', name)
    const about = jsonObjectSchema.parse({
      ...type,
      _id: customNodeTypeId({ ...type, script }),
      script: { file: `${name}.js` },
    })
    return [json(join(folder, `${name}.json`), about), { name: join(folder, `${name}.js`), text: script }]
  })
  const documents = bundle.documents.flatMap((document) => documentFiles(document, { root, realm }))
  return [...journeys, ...scripts, ...types, ...documents]
}

/** Other documents have no place. */
function documentFiles(
  { kind, id, document }: BundleDocument,
  { root, realm }: FrConfigFolders,
): WrittenFile[] {
  const name = fileName(typeof document.name === 'string' ? document.name : id)
  if (kind === 'theme') return [json(join(realm, 'themes', name, `${name}.json`), { ...document, _id: id })]
  if (kind !== 'emailTemplate') return []
  return [
    json(join(root, 'email-templates', name, `${name}.json`), { ...document, _id: `emailTemplate/${id}` }),
  ]
}

/** The files of a journey's nodes. Those on a page are in a folder named after it. */
export function frConfigNodes(
  journey: JourneyDocument,
  server: Bundle,
  folder: string,
  isNew: (member: Member) => boolean = () => true,
): WrittenFile[] {
  const write = nodeWriter(server)
  const members = membersOf(journey, new Map(server.nodes.map((node) => [node.id, node])))
  let page = ''
  return members.flatMap((member) => {
    const name = `${fileName(member.displayName || member.type)} - ${fileName(member.id)}`
    const isOuter = Object.hasOwn(journey.nodes, member.id)
    if (isOuter) page = name
    if (member.settings === undefined || !isNew(member)) return []
    const place = isOuter ? join(folder, 'nodes') : join(folder, 'nodes', page)
    return [json(join(place, `${name}.json`), write(member.settings))]
  })
}

function json(name: string, content: JsonObject): WrittenFile {
  return { name, text: stableJson(content) }
}
