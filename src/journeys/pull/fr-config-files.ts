import { join } from 'node:path'
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { customNodeTypeId } from '../../nodes/custom-node-type.ts'
import type { Bundle, BundleDocument } from '../exchange/bundle.ts'
import { type Member, membersOf } from '../exchange/references.ts'
import { stableJson } from '../exchange/stable-json.ts'
import { readEsv } from '../exchange/tenant/esv-documents.ts'
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

/** Templates and themes with their texts in files beside them, as fr-config-manager reads them. */
function documentFiles(
  { kind, id, document }: BundleDocument,
  { root, realm }: FrConfigFolders,
): WrittenFile[] {
  const name = fileName(typeof document.name === 'string' ? document.name : id)
  const write = (folder: string, content: JsonObject, textsOf: TextFiles) => {
    const { about, texts } = withTextsApart(content, textsOf)
    return [
      json(join(folder, `${name}.json`), about),
      ...texts.map(([file, text]) => ({ name: join(folder, file), text })),
    ]
  }
  if (kind === 'theme') {
    return write(join(realm, 'themes', name), { ...document, _id: id }, (member, language) =>
      themeTexts.has(member)
        ? language === undefined
          ? `${member}.html`
          : `${member}/${language}.html`
        : undefined,
    )
  }
  if (kind === 'variable') {
    const folder = readsAsSecret(id, document) ? 'secrets' : 'variables'
    return [json(join(root, 'esvs', folder, `${name}.json`), { ...document, _id: id })]
  }
  if (kind !== 'emailTemplate') {
    const place = placeOf({ kind, id, document })
    return place === undefined ? [] : [json(join(realm, place.path), place.content)]
  }
  const endings: Readonly<Record<string, string>> = { html: 'html', message: 'md' }
  return write(
    join(root, 'email-templates', name),
    { ...document, _id: `emailTemplate/${id}` },
    (member, language) => {
      if (member === 'styles' && language === undefined) return `${name}.css`
      const ending = Object.hasOwn(endings, member) ? endings[member] : undefined
      return ending === undefined || language === undefined
        ? undefined
        : `${name}.${fileName(language)}.${ending}`
    },
  )
}

function readsAsSecret(id: string, document: JsonObject): boolean {
  const read = readEsv(id, document)
  return 'kind' in read && read.kind === 'secret'
}

/** Where the folder of a realm has other documents; undefined for those without a place. */
function placeOf({ kind, id, document }: BundleDocument): { path: string; content: JsonObject } | undefined {
  const content: JsonObject = { ...document, _id: id }
  const file = `${fileName(id)}.json`
  if (kind === 'socialIdentityProvider')
    return { path: join('services', 'SocialIdentityProviders', file), content }
  if (kind === 'circleOfTrust') return { path: join('realm-config', 'saml', 'COT', file), content }
  if (kind !== 'saml2Entity') return undefined
  const { entityLocation, base64EntityXML, ...config } = content
  const location = entityLocation === 'remote' ? 'remote' : 'hosted'
  const metadata =
    typeof base64EntityXML === 'string'
      ? { metadata: Buffer.from(base64EntityXML, 'base64url').toString() }
      : {}
  return { path: join('realm-config', 'saml', location, file), content: { config, ...metadata } }
}

/** The file of a text: a member, or one of its languages. */
type TextFiles = (member: string, language?: string) => string | undefined

const themeTexts: ReadonlySet<string> = new Set([
  'accountFooter',
  'journeyFooter',
  'journeyHeader',
  'journeyJustifiedContent',
])

function withTextsApart(
  content: JsonObject,
  fileOf: TextFiles,
): { about: JsonObject; texts: [string, string][] } {
  const texts: [string, string][] = []
  const apart = (value: Json, member: string, language?: string): Json => {
    const file = typeof value === 'string' ? fileOf(member, language) : undefined
    if (typeof value !== 'string' || file === undefined) return value
    texts.push([file, value])
    return { file }
  }
  const members = Object.entries(content).map(([member, value]): [string, Json] => {
    if (!isJsonObject(value)) return [member, apart(value, member)]
    return [
      member,
      Object.fromEntries(
        Object.entries(value).map(([language, text]) => [language, apart(text, member, language)]),
      ),
    ]
  })
  return { about: Object.fromEntries(members), texts }
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
