import { isDeepStrictEqual } from 'node:util'
import { OperationError } from '../base/errors.ts'
import type { RealmSettings } from '../realms/realm.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import {
  configurationOf,
  type ProjectSettings,
  projectFile,
  realmSettingsOf,
} from '../testing/project/project.ts'
import { environmentOf } from '../testing/world/environment.ts'
import type { DevCalls } from './dev-calls.ts'
import type { Messages } from './messages.ts'

type Used = {
  /** Path of the realm. */
  realm: string
  settings: ProjectSettings
}

type Server = {
  realms: Pick<RealmStore, 'read' | 'save'>
  calls: Pick<DevCalls, 'use'>
  /** Its variables and secrets, which change in place. */
  environment: Record<string, string>
}

/** Members that are read only when a server starts. */
const fixed = ['realm', 'configuration', 'allow'] as const

/** The settings of a project in its running server: follows changes of `sidegate.yaml`, and keeps the last good ones. */
export class DevSettings {
  readonly #folder: string
  readonly #server: Server
  readonly #messages: Messages
  readonly #realm: string
  /** As the server started. */
  readonly #first: ProjectSettings
  #used: ProjectSettings

  constructor(folder: string, { realm, settings }: Used, server: Server, messages: Messages) {
    this.#folder = folder
    this.#server = server
    this.#messages = messages
    this.#realm = realm
    this.#first = settings
    this.#used = settings
  }

  /** The settings that are in use. */
  get used(): ProjectSettings {
    return this.#used
  }

  /** Reads them again, and uses what has changed. */
  async changed(): Promise<void> {
    try {
      await this.#use(configurationOf(this.#folder).settings)
      this.#messages.replace('settings', [])
    } catch (error) {
      const why = error instanceof OperationError ? error.message : String(error)
      this.#messages.replace('settings', [`${why}\nThe last good settings stay in use.`])
    }
  }

  async #use(settings: ProjectSettings): Promise<void> {
    const { calls, environment } = this.#server
    const isNew = (name: keyof ProjectSettings) => !isDeepStrictEqual(settings[name], this.#used[name])
    const now = (['settings', 'esv', 'dev', 'tests'] as const).filter(isNew)
    if (now.includes('settings')) await this.#saveRealm(settings)
    if (now.includes('dev')) calls.use(settings.dev.http)
    if (now.includes('esv')) {
      for (const name of Object.keys(environment)) delete environment[name]
      Object.assign(environment, environmentOf(settings.esv))
    }
    this.#used = settings
    if (now.length > 0)
      this.#messages.say(`${projectFile} changed: the server uses the new ${now.join(', ')}`)
    const later = fixed.filter((name) => !isDeepStrictEqual(settings[name], this.#first[name]))
    this.#messages.replace(
      'restart',
      later.length === 0 ? [] : [`${projectFile} changed: restart to use it (${later.join(', ')})`],
    )
  }

  /** Saves the members that have changed. Others may have been set in the console. */
  async #saveRealm({ settings }: ProjectSettings): Promise<void> {
    const { realms } = this.#server
    const [before, after] = [this.#used.settings, settings].map((each) => realmSettingsOf(this.#folder, each))
    const realm = await realms.read(this.#realm)
    if (before === undefined || after === undefined || realm === undefined) return
    const changed = Object.fromEntries(
      Object.entries(after).filter(
        ([name, value]) => !isDeepStrictEqual(value, before[name as keyof RealmSettings]),
      ),
    )
    await realms.save({ ...realm, settings: { ...realm.settings, ...changed } })
  }
}
