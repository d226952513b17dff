import { differencesOf } from '../../journeys/compare/differences.ts'
import { keyOf, partOf, toWrite } from '../../journeys/compare/to-write.ts'
import { importInto } from '../../journeys/exchange/apply.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { withoutKept } from '../../journeys/exchange/kept-documents.ts'
import {
  type ExchangeStores,
  mergedContent,
  type RealmContent,
  readRealm,
} from '../../journeys/exchange/realm-content.ts'
import { wholeRealm } from '../../journeys/exchange/whole-realm.ts'
import { EditedFiles } from '../../journeys/pull/edited-files.ts'
import { pull } from '../../journeys/pull/pull.ts'
import type { Messages } from '../messages.ts'
import { nextBase, withServerLayout } from './bases.ts'
import {
  type BothSides,
  type ChangedThing,
  type Conflict,
  type Decision,
  decide,
  type Side,
} from './decide.ts'
import { changeLines, conflictText, fileOf, nameOf, problemText, savedLines } from './sync-text.ts'
import type { SyncedFiles } from './synced-files.ts'

type Server = {
  stores: ExchangeStores
  checkScript(name: string, source: string): Promise<{ line: number; message: string }[]>
  now(): number
}

/** What one round found, and what must wait for a later one. */
type Round = { content: RealmContent; now: BothSides; decision: Decision; pending: Set<string> }

/**
 * Keeps the files of a project and the realm of a server equal. Each change since the last sync goes to the other side. Where both
 * sides changed the same thing, neither is overwritten until a side is chosen.
 */
export class TwoWaySync {
  readonly #files: SyncedFiles
  readonly #server: Server
  readonly #messages: Messages
  readonly #chosen = new Map<string, Side>()
  #base: BothSides
  #conflicts: readonly Conflict[] = []
  #isDue = false
  #running: Promise<void> | undefined

  private constructor(files: SyncedFiles, server: Server, messages: Messages, base: BothSides) {
    this.#files = files
    this.#server = server
    this.#messages = messages
    this.#base = base
  }

  /**
   * Begins with a server that has imported the files.
   * @param imported the files as they were then. The first sync finds what has changed since.
   */
  static async begin(
    files: SyncedFiles,
    server: Server,
    { messages, imported }: { messages: Messages; imported: Bundle },
  ): Promise<TwoWaySync> {
    const onServer = withoutKept(wholeRealm(await readRealm(server.stores, files.realm)))
    return new TwoWaySync(files, server, messages, { files: withoutKept(imported), server: onServer })
  }

  /** Things that both sides changed. */
  get conflicts(): readonly Conflict[] {
    return this.#conflicts
  }

  /** Lets one side count for a thing that both changed. */
  take(key: string, side: Side): Promise<void> {
    this.#chosen.set(key, side)
    return this.changed()
  }

  /** Syncs after either side has changed. Resolves when both are in sync. */
  changed(): Promise<void> {
    this.#isDue = true
    this.#running ??= this.#run()
    return this.#running
  }

  /** Resolves when no sync runs. */
  async settled(): Promise<void> {
    await this.#running
  }

  /** A failure, such as a file without write access, is shown. The next change tries again. */
  async #run(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false
      try {
        await this.#round()
        this.#messages.replace('sync', [])
      } catch (error) {
        this.#messages.replace('sync', [`Nothing more was synced: ${String(error)}`])
      }
    }
    this.#running = undefined
  }

  async #round(): Promise<void> {
    const content = await readRealm(this.#server.stores, this.#files.realm)
    const edited = this.#readFiles()
    if (edited === undefined) return
    const now = { files: edited.bundle(), server: withoutKept(wholeRealm(content)) }
    const decision = decide(this.#base, now, this.#chosen)
    this.#chosen.clear()
    const pending = new Set(decision.conflicts.map(({ key }) => key))
    const round = { content, now, decision, pending }
    // Files are read and written in one turn, so that no edit comes between.
    const filesAfter = this.#writeFiles(edited, round)
    const serverAfter = await this.#writeServer(round)
    this.#base = {
      files: nextBase(this.#base.files, filesAfter, pending),
      server: nextBase(this.#base.server, serverAfter, pending),
    }
    this.#conflicts = decision.conflicts
    this.#messages.replace(
      'conflict',
      decision.conflicts.map((conflict) => conflictText(conflict)),
    )
    for (const { from, thing } of decision.removed) {
      const [gone, rest] = from === 'files' ? ['the files', 'on the server'] : ['the server', 'in the files']
      this.#messages.say(`${nameOf(thing.item)} was removed from ${gone}. It stays ${rest}.`)
    }
  }

  /** @returns undefined while a file can't be read. */
  #readFiles(): EditedFiles | undefined {
    const { folder, realm, sources } = this.#files
    try {
      const files = new EditedFiles(folder, { realm }, sources)
      const problems = files
        .bundle()
        .findings.filter(({ kind }) => kind === 'conflict' || kind === 'unreadable')
      this.#messages.replace(
        'files',
        problems.map(({ message }) => `${message}. The server stays as it is.`),
      )
      return problems.length === 0 ? files : undefined
    } catch (error) {
      this.#messages.replace('files', [
        `${problemText(error, this.#files.folder)}. The server stays as it is.`,
      ])
      return undefined
    }
  }

  /** Writes changes of the server into the files. @returns the content of the files afterwards. */
  #writeFiles(edited: EditedFiles, { now, decision: { toFiles }, pending }: Round): Bundle {
    if (toFiles.length === 0) {
      this.#messages.replace('to files', [])
      return now.files
    }
    const { folder, realm, sources } = this.#files
    const all = this.#pull(edited, toFiles, now.server)
    if (typeof all === 'object') {
      this.#messages.replace('to files', [])
      return all
    }
    const problems: string[] = []
    for (const thing of toFiles) {
      const pulled = this.#pull(new EditedFiles(folder, { realm }, sources), [thing], now.server)
      if (typeof pulled === 'object') continue
      problems.push(`${pulled}. The files keep ${nameOf(thing.item)} as it was.`)
      pending.add(thing.key)
    }
    this.#messages.replace('to files', problems)
    return new EditedFiles(folder, { realm }, sources).bundle()
  }

  /** @returns the content afterwards, or why nothing was written. */
  #pull(edited: EditedFiles, things: readonly ChangedThing[], server: Bundle): Bundle | string {
    const before = edited.bundle()
    const keys = new Set(things.map(({ key }) => key))
    const { differences } = differencesOf(before, server)
    const chosen = differences.filter(({ item }) => keys.has(keyOf(item)))
    if (chosen.length === 0) return before
    try {
      pull(edited, toWrite({ differences: chosen, unknown: [] }, before, server), server)
      const saved = edited.save()
      for (const thing of things) {
        for (const line of changeLines(thing)) this.#messages.say(`${line} (from the console)`)
      }
      for (const line of savedLines(saved, this.#files.folder)) this.#messages.say(line)
      return edited.bundle()
    } catch (error) {
      return problemText(error, this.#files.folder)
    }
  }

  /** Writes changes of the files to the server. @returns its content afterwards. */
  async #writeServer(round: Round): Promise<Bundle> {
    const { now, decision, pending } = round
    const sound = await this.#soundThings(decision.toServer, now.files)
    for (const { key } of decision.toServer) if (!sound.some((one) => one.key === key)) pending.add(key)
    const problem = sound.length === 0 ? undefined : await this.#import(sound, round)
    this.#messages.replace('to server', problem === undefined ? [] : [problem])
    if (problem !== undefined || sound.length === 0) return now.server
    const keys = new Set(sound.map(({ key }) => key).filter((key) => !pending.has(key)))
    const { findings } = now.server
    return { ...(mergedContent(partOf(keys, now.files), now.server) as Bundle), findings }
  }

  /** @returns why nothing was written. */
  async #import(
    things: readonly ChangedThing[],
    { content, now, pending }: Round,
  ): Promise<string | undefined> {
    const { stores, now: time } = this.#server
    const { realm } = this.#files
    const keys = new Set(things.map(({ key }) => key))
    const write = partOf(keys, now.files)
    const journeys = withServerLayout(write.journeys, this.#base.files, now.server)
    const options = { dependencies: true, existing: 'replace' } as const
    const author = { by: 'null', now: time() }
    try {
      const plan = await importInto(content, stores, realm, { ...write, journeys }, options, author)
      if (plan === undefined) {
        for (const key of keys) pending.add(key)
        this.#isDue = true
        return undefined
      }
    } catch (error) {
      for (const key of keys) pending.add(key)
      return problemText(error, this.#files.folder)
    }
    for (const thing of things) {
      const from = fileOf(thing.item, this.#files)
      for (const line of changeLines(thing)) this.#messages.say(`${line} (from ${from})`)
    }
    return undefined
  }

  /** Leaves out scripts with syntax errors. */
  async #soundThings(things: readonly ChangedThing[], files: Bundle): Promise<ChangedThing[]> {
    const problems: string[] = []
    const sound: ChangedThing[] = []
    for (const thing of things) {
      const { kind, id, name } = thing.item
      const script = kind === 'script' ? files.scripts.find((one) => one.id === id) : undefined
      const [error] = script === undefined ? [] : await this.#server.checkScript(name, script.source)
      if (error === undefined) sound.push(thing)
      else {
        const place = fileOf(thing.item, this.#files, error.line)
        problems.push(`${place}: ${error.message}. The server keeps ${nameOf(thing.item)} as it was.`)
      }
    }
    this.#messages.replace('scripts', problems)
    return sound
  }
}
