import { badRequest, RequestError } from '../../base/errors.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { nothingChosen } from '../../base/nothing-chosen.ts'
import { versionText } from '../../engine/journey.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import type { NodeDocument } from '../../journeys/journey-document.ts'
import { withStoredSecrets } from '../../journeys/sealed-configuration.ts'
import { parseNodeBody, statedMembers, validAttributes } from '../../nodes/node-schema.ts'
import type { ScriptStore } from '../../scripts/script-store.ts'
import { checkedId, invalidAttribute, isCreateOnly } from '../configuration-resource.ts'
import { bodyObject, type Call } from '../route.ts'
import { type MarkSources, saveMarkOf } from './save-mark.ts'

/** What the check of a node reads. */
export type NodeSources = {
  configuration: ConfigurationStore
  scripts: ScriptStore
  types: { named(type: string, version?: string): AnyNodeType | undefined }
}

type NodeWrite = {
  from: MarkSources & Pick<NodeSources, 'configuration' | 'scripts'> & { newId(): string }
  call: Call
  types: NodeSources['types']
  /** From the path; undefined if the body decides. */
  version: string | undefined
  id: string
}

/** Creates or replaces the node in the path. @throws RequestError 400 for invalid settings. */
export async function putNode(write: NodeWrite, type: AnyNodeType): Promise<{ id: string; isNew: boolean }> {
  const { from, call } = write
  const realm = call.realm.path
  const id = checkedId(write.id)
  const stored = await from.configuration.node(realm, id)
  // Ids are unique in the realm, so a save would replace the other node.
  if (stored !== undefined && stored.type !== type.type) throw alreadyThere()
  if (stored !== undefined && isCreateOnly(call)) throw new RequestError(412)
  const document = await documentOf(write, type, id, stored)
  const mark = await saveMarkOf(call, from)
  return { id, isNew: await from.configuration.saveNode(realm, document, mark) }
}

/** Creates a node with the id in the body or a new one. @returns the id. @throws RequestError 409 for a taken id. */
export async function addNode(write: NodeWrite, type: AnyNodeType): Promise<string> {
  const { from, call } = write
  const { _id } = bodyObject(call)
  const id = typeof _id === 'string' ? checkedId(_id) : from.newId()
  if ((await from.configuration.node(call.realm.path, id)) !== undefined) throw alreadyThere()
  const document = await documentOf(write, type, id)
  await from.configuration.saveNode(call.realm.path, document, await saveMarkOf(call, from))
  return id
}

function documentOf(
  { from, call, types, version }: NodeWrite,
  type: AnyNodeType,
  id: string,
  stored?: NodeDocument,
): Promise<NodeDocument> {
  const body = bodyObject(call)
  const chosen = version === undefined ? typeInBody(types, type, body, stored) : type
  return checkedNode({ ...from, types }, call.realm.path, chosen, { id, body, stored })
}

/**
 * The node to store.
 * @param stored the node it replaces, whose secrets stay if the body has none
 * @throws RequestError 400 for invalid settings.
 */
export async function checkedNode(
  sources: NodeSources,
  realm: string,
  type: AnyNodeType,
  { id, body, stored }: { id: string; body: JsonObject; stored: NodeDocument | undefined },
): Promise<NodeDocument> {
  const sent = { id, type: type.type, version: type.version, config: body }
  const { _type, _outcomes, ...settings } = withStoredSecrets(sent, stored).config
  // An answer of this server, sent back, must not replace what an import said.
  const parsed = parseNodeBody(type, { ...settings, ...statedMembers(type, stored?.config ?? body) })
  if (!parsed.ok && 'unknownAttributes' in parsed) {
    // Tools drop attributes that are not listed, and retry. `_type` must be listed, or a later version would become 1.0.
    const kept = type.version === '1.0' ? [] : ['_type']
    throw badRequest('Invalid attribute specified.', {
      validAttributes: [...validAttributes(type), ...kept].toSorted(),
    })
  }
  if (!parsed.ok) throw badRequest(parsed.message)
  await checkScript(sources, realm, type, parsed.config)
  return { id, type: type.type, version: type.version, config: parsed.config }
}

/**
 * The type in the version named by the body, otherwise in that of the stored node.
 * @throws RequestError 400 for an unknown version, whose settings could be misread.
 */
function typeInBody(
  types: NodeSources['types'],
  type: AnyNodeType,
  { _type }: JsonObject,
  stored: NodeDocument | undefined,
): AnyNodeType {
  const named = isJsonObject(_type) && _type.version != null ? versionText(_type.version) : undefined
  const version = named ?? stored?.version
  if (version === undefined) return type
  const chosen = types.named(type.type, version)
  if (chosen === undefined && named !== undefined) {
    throw badRequest(`Version ${named} of node type ${type.type} does not run here, only ${type.version}`)
  }
  return chosen ?? type
}

/**
 * @throws RequestError 400 with the message by which tools detect a missing script. In custom types, `script` can be any text.
 */
async function checkScript(
  { scripts }: NodeSources,
  realm: string,
  type: AnyNodeType,
  { script }: JsonObject,
) {
  if (typeof script !== 'string' || script === nothingChosen) return
  if (type.type.startsWith('designer-') || type.standIn !== undefined) return
  if ((await scripts.read(realm, script)) === undefined) throw invalidAttribute('script')
}

function alreadyThere(): RequestError {
  return new RequestError(409, 'Unable to save config: Service already exists')
}
