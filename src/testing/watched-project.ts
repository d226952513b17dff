import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { OperationError } from '../base/errors.ts'
import { changedNodes } from './coverage/changed-nodes.ts'
import { openProject, type Project, walkFilesIn } from './project/project.ts'
import { type LoadedWalkFile, loadWalkFile, walkFilePattern, walkKey } from './project/walk-files.ts'
import type { Problem } from './project/yaml-file.ts'
import type { TestRun } from './run-tests.ts'
import { Tester, type WalkResult } from './run-walk.ts'
import type { TraceFolder } from './trace/trace-folder.ts'
import { WorldHosts } from './world/world-host.ts'

type Options = {
  environment: Readonly<Record<string, string | undefined>>
  /** The walks to run, by title. */
  isSelected(title: string): boolean
  traces?: TraceFolder | undefined
}

/** A project whose walks run again when its files change: those that take a changed part, and those that failed. */
export class WatchedProject {
  readonly #paths: readonly string[]
  readonly #options: Options
  readonly #hosts = new WorldHosts()
  readonly #results = new Map<string, WalkResult>()
  readonly #files = new Map<string, { mtimeMs: number; loaded: LoadedWalkFile | Problem[] }>()
  #walks: ReadonlySet<string> = new Set()
  /** Files that changed while the project could not be read. */
  #waiting: readonly string[] = []
  #project: Project
  #tester: Tester

  /** @param paths walk files and folders; empty for all of the project. */
  constructor(folder: string, paths: readonly string[], options: Options) {
    this.#paths = paths
    this.#options = options
    this.#project = openProject(folder)
    this.#tester = this.#newTester()
  }

  get project(): Project {
    return this.#project
  }

  /** The keys of the walks that existed when walks ran last. */
  get walks(): ReadonlySet<string> {
    return this.#walks
  }

  /** Runs all walks. */
  runAll(): Promise<TestRun> {
    return this.#run(() => true)
  }

  /**
   * Runs the walks that these changes concern.
   * @returns a problem instead of results while the project can't be read.
   */
  async changed(changedFiles: readonly string[]): Promise<TestRun> {
    const paths = new Set([...this.#waiting, ...changedFiles.map((file) => resolve(file))])
    const files = [...paths]
    const isWalkFile = (file: string) => walkFilePattern.test(file)
    const before = this.#project
    if (files.some((file) => !isWalkFile(file))) {
      try {
        this.#project = openProject(before.folder)
      } catch (error) {
        if (!(error instanceof OperationError)) throw error
        this.#waiting = files
        return { results: [], problems: [{ file: before.folder, line: 1, message: error.message }] }
      }
      await this.#tester.close()
      this.#tester = this.#newTester()
    }
    this.#waiting = []
    const hasNewSettings = JSON.stringify(before.settings) !== JSON.stringify(this.#project.settings)
    const journeys = new Set(changedNodes(before.bundle, this.#project.bundle).map(({ journey }) => journey))
    return this.#run((file, result) => {
      if (
        hasNewSettings ||
        result === undefined ||
        result.status !== 'passed' ||
        paths.has(resolve(file.file))
      )
        return true
      return file.content.script !== undefined || takes(result, journeys)
    })
  }

  async close(): Promise<void> {
    await this.#tester.close()
    await this.#hosts.close()
  }

  #newTester(): Tester {
    const { environment, traces } = this.#options
    return new Tester(this.#project, { hosts: this.#hosts, environment, traces: traces?.which })
  }

  /** Reads a walk file again only if it has changed. */
  async #loaded(file: string): Promise<LoadedWalkFile | Problem[]> {
    const mtimeMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs
    // It was removed since it was found.
    if (mtimeMs === undefined) return []
    const known = this.#files.get(file)
    if (known?.mtimeMs === mtimeMs) return known.loaded
    const loaded = await loadWalkFile(file)
    this.#files.set(file, { mtimeMs, loaded })
    return loaded
  }

  async #run(isConcerned: (file: LoadedWalkFile, last: WalkResult | undefined) => boolean): Promise<TestRun> {
    const results: WalkResult[] = []
    const problems: Problem[] = []
    const walks = new Set<string>()
    for (const file of walkFilesIn(this.#project, this.#paths)) {
      const loaded = await this.#loaded(file)
      if (Array.isArray(loaded)) {
        problems.push(...loaded)
        continue
      }
      for (const [index, walk] of loaded.content.walks.entries()) {
        const key = walkKey({ file, it: walk.it })
        walks.add(key)
        if (!this.#options.isSelected(walk.it) || !isConcerned(loaded, this.#results.get(key))) continue
        const played = await this.#tester.run(loaded, index)
        const result = this.#options.traces?.keep(played, loaded, index) ?? played
        this.#results.set(key, result)
        results.push(result)
      }
    }
    this.#walks = walks
    for (const key of this.#results.keys()) if (!walks.has(key)) this.#results.delete(key)
    return { results, problems }
  }
}

/** Whether a walk ran a node of one of these journeys. */
function takes({ runs, about }: WalkResult, journeys: ReadonlySet<string>): boolean {
  if (journeys.has(about)) return true
  return runs.some(({ steps }) => steps.some((step) => step.journeys.some((name) => journeys.has(name))))
}
