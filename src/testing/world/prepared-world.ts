import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { JsonObject } from '../../base/json.ts'
import { type Config, readConfig } from '../../config.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { type OpenOptions, openApp } from '../../server/app.ts'
import { type Outside, systemOutside } from '../../server/outside.ts'
import { importProject, mergedSettings } from './import-project.ts'
import { asksPhones, testGateway } from './test-phone.ts'
import { worldFolder } from './world-folders.ts'
import type { WorldHost, WorldHosts } from './world-host.ts'

/** Cheap hashes, because the people of a walk have passwords that nobody keeps. */
const cheapHashes = { memoryCost: 64, timeCost: 1 }

/** Expectations and coverage need all nodes of a run. */
const wholeRuns = { steps: Number.POSITIVE_INFINITY, length: Number.POSITIVE_INFINITY }

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

const databaseIn = (folder: string) => join(folder, 'world.db')

/** A realm and its configuration, stored in a folder, from which worlds begin. */
export type PreparedWorld = { folder: string; realm: string; remove(): void }

/** Replaces the content of the host by that of a prepared world. */
export function fill(host: WorldHost, { folder }: Pick<PreparedWorld, 'folder'>): void {
  host.database.fillFrom(databaseIn(folder))
}

/**
 * Stores a configuration once for many worlds.
 * @throws OperationError naming a conflict in the configuration, or an invalid setting of the realm.
 */
export async function prepareWorld(
  hosts: WorldHosts,
  { realm, bundle, settings, addTo }: WorldContent,
): Promise<PreparedWorld> {
  const folder = worldFolder()
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    cpSync(await blankWorld(hosts), folder, { recursive: true })
    await hosts.use(async (host) => {
      fill(host, { folder })
      const app = await openWorldApp({ folder, host }, systemOutside, [], { isPrepared: true })
      try {
        const { stores } = app.parts
        const all = asksPhones(bundle.nodes) ? mergedSettings(settings, { messaging: testGateway }) : settings
        await importProject(app.parts, { realm, bundle, settings: all, now: systemOutside.now() })
        await addTo?.(stores.documents, folder)
      } finally {
        await app.close()
      }
      rmSync(databaseIn(folder))
      host.database.saveTo(databaseIn(folder))
    })
    return { folder, realm, remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** The folder of a server after its first start, for copies. */
let blank: Promise<string> | undefined

function blankWorld(hosts: WorldHosts): Promise<string> {
  blank ??= makeBlankWorld(hosts)
  return blank
}

async function makeBlankWorld(hosts: WorldHosts): Promise<string> {
  const folder = worldFolder()
  await hosts.use(async (host) => {
    const app = await openWorldApp({ folder, host }, systemOutside, [], {})
    await app.close()
    host.database.saveTo(databaseIn(folder))
  })
  return folder
}

/** Settings that are the same for all worlds. */
const usual = { ...readConfig({}), withSamples: false, adminPassword: undefined }

const silent = pino({ level: 'silent' })

/** Opens a server for a world, on what the host's database has. @param allowedHosts that it can really reach. */
export function openWorldApp(
  { folder, host }: { folder: string; host: WorldHost },
  outside: Outside,
  allowedHosts: readonly string[],
  options?: Pick<OpenOptions, 'scripts' | 'isPrepared'>,
) {
  const config: Config = {
    ...usual,
    dataFolder: folder,
    httpAllow: allowedHosts,
    ldapAllow: allowedHosts,
    radiusAllow: allowedHosts,
    smtpAllow: allowedHosts,
  }
  return openApp(
    config,
    silent,
    { ...outside, environmentWins: true, passwordCost: cheapHashes, runLimits: wholeRuns },
    { ...options, openDatabase: (now) => host.database.open(now), serve: host.serve },
  )
}
