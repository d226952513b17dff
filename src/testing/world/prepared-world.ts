import { cpSync, rmSync } from 'node:fs'
import { pino } from 'pino'
import { z } from 'zod'
import { type Config, type Disposable, readConfig } from '../../config.ts'
import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { OperationError } from '../../errors.ts'
import { importBundle } from '../../journeys/exchange/apply.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { type OpenOptions, openApp } from '../../server/app.ts'
import { type Outside, systemOutside } from '../../server/outside.ts'
import { worldFolder } from './world-folders.ts'

/** Cheap hashes, because the people of a walk have passwords that nobody keeps. */
const cheapHashes = { memoryCost: 64, timeCost: 1 }

/** What a world is made of, besides its people. */
export type WorldContent = {
  /** Path of the realm. */
  realm: string
  bundle: Bundle
  /** Settings that differ from the defaults. */
  settings: JsonObject
  addTo?: AddToWorld | undefined
}

/** Adds to the documents of all realms and to the data folder. */
export type AddToWorld = (documents: DocumentStore, dataFolder: string) => Promise<void>

/** A data folder with a realm and its configuration, which worlds copy. */
export type PreparedWorld = { folder: string; realm: string; remove(): void }

/**
 * Stores a configuration once for many worlds.
 * @throws OperationError naming a conflict in the configuration, or an invalid setting of the realm.
 */
export async function prepareWorld({ realm, bundle, settings, addTo }: WorldContent): Promise<PreparedWorld> {
  const folder = worldFolder()
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const app = await openWorldApp({ folder, disposable: 'new' }, systemOutside, [])
    try {
      const { realms } = app.parts.stores
      await realms.save({ path: realm, isActive: true, aliases: [], settings: realmSettings(settings) })
      const author = { by: 'null', now: systemOutside.now() }
      await importBundle(app.parts.stores, realm, bundle, { dependencies: true, existing: 'replace' }, author)
      await addTo?.(app.parts.stores.documents, folder)
    } finally {
      await app.close()
    }
    return { folder, realm, remove }
  } catch (error) {
    remove()
    throw error
  }
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

/** Copies the data of a prepared world. @returns the new folder. */
export function copyOf({ folder }: PreparedWorld): string {
  const copy = worldFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** Settings that are the same for all worlds. */
const usual = { ...readConfig({}), withSamples: false, adminPassword: undefined }

const silent = pino({ level: 'silent' })

/** Opens a server for a world. @param allowedHosts that it can really reach. */
export function openWorldApp(
  { folder, disposable }: { folder: string; disposable: Disposable },
  outside: Outside,
  allowedHosts: readonly string[],
  options?: OpenOptions,
) {
  const config: Config = {
    ...usual,
    dataFolder: folder,
    disposable,
    httpAllow: allowedHosts,
    ldapAllow: allowedHosts,
    smtpAllow: allowedHosts,
  }
  return openApp(config, silent, { ...outside, passwordCost: cheapHashes }, options)
}
