import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import { isJsonObject, type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { importBundle } from '../../journeys/exchange/apply.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { clientSecretSealer } from '../../oauth/client-secret.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { OpenApp } from '../../server/app.ts'

type Server = Pick<OpenApp['parts'], 'stores' | 'keyRing'>

type Imported = {
  /** Path of the new realm. */
  realm: string
  bundle: Bundle
  /** Settings that the project declares. They win over those of its configuration. */
  settings: JsonObject
  now: number
}

const options = { dependencies: true, existing: 'replace', leavesOutUnreadable: true } as const

/**
 * Makes a realm of the configuration of a project, with the settings, variables and OAuth2 clients in it.
 * @throws OperationError for an invalid declared setting, RequestError for a conflict in the configuration.
 */
export async function importProject(
  { stores, keyRing }: Server,
  { realm: path, bundle, settings, now }: Imported,
): Promise<void> {
  const save = (all: JsonObject) =>
    stores.realms.save({ path, isActive: true, aliases: [], settings: realmSettings(all) })
  await save(settings)
  const tenant = { ...stores, clientSecrets: clientSecretSealer(keyRing) }
  await importBundle({ ...stores, tenant }, path, bundle, options, { by: 'null', now })
  const imported = await stores.realms.read(path)
  if (imported === undefined) throw new OperationError(`The realm ${path} was removed`)
  await save(mergedSettings(jsonObjectSchema.parse(imported.settings), settings))
}

function realmSettings(settings: JsonObject) {
  const parsed = realmSettingsSchema.safeParse(settings)
  if (parsed.success) return parsed.data
  throw new OperationError(`The settings of the realm are invalid:\n${z.prettifyError(parsed.error)}`)
}

/** Settings of a file over those of the project. Members of objects are merged. */
export function mergedSettings(below: JsonObject, above: JsonObject): JsonObject {
  const merged: JsonObject = { ...below }
  for (const [name, value] of Object.entries(above)) {
    const existing = merged[name]
    merged[name] = isJsonObject(existing) && isJsonObject(value) ? mergedSettings(existing, value) : value
  }
  return merged
}
