import { hash } from 'node:crypto'
import { globSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { createOwnFolder, ownFolder } from '../own-folder.ts'
import { shownPath } from '../project/project.ts'
import type { LoadedWalkFile } from '../project/walk-files.ts'
import type { WalkResult } from '../run-walk.ts'
import { traceText } from './trace.ts'

type Options = {
  /** Folder of the project. */
  project: string
  which: 'failed' | 'all'
  /** Version of Sidegate. */
  version: string
}

/** The traces of a project: one for each walk that failed or broke when it ran last, or that ran last with `which: 'all'`. */
export class TraceFolder {
  readonly which: 'failed' | 'all'
  /** Why traces could not be written. */
  problem: string | undefined
  readonly #project: string
  readonly #version: string
  readonly #folder: string
  /** Names of the files in the folder. */
  readonly #existing: Set<string>
  readonly #namesIn = new Map<LoadedWalkFile, string[]>()

  constructor({ project, which, version }: Options) {
    this.which = which
    this.#project = project
    this.#version = version
    this.#folder = join(ownFolder(project), 'runs')
    this.#existing = new Set(globSync('*.trace', { cwd: this.#folder }))
  }

  /**
   * Writes the trace of a walk, or removes an older one.
   * @returns the result with the file instead of the trace.
   */
  keep(result: WalkResult, loaded: LoadedWalkFile, index: number): WalkResult {
    const { trace, ...others } = result
    const name = this.#namesOf(loaded)[index] ?? ''
    if (trace === undefined) {
      this.#remove(name)
      return others
    }
    const file = join(this.#folder, name)
    try {
      createOwnFolder(this.#project, 'runs')
      writeFileSync(file, traceText({ sidegate: this.#version, ...trace }))
      this.#existing.add(name)
      return { ...others, traceFile: shownPath(file) }
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error)
      return others
    }
  }

  /** Removes traces of these files whose walks no longer exist. */
  removeOld(files: readonly LoadedWalkFile[]): void {
    const current = new Set(files.flatMap((file) => this.#namesOf(file)))
    const prefixes = files.map((file) => this.#prefixOf(file))
    for (const name of this.#existing) {
      if (!current.has(name) && prefixes.some((prefix) => isNameOf(prefix, name))) this.#remove(name)
    }
  }

  #remove(name: string): void {
    if (this.#existing.delete(name)) rmSync(join(this.#folder, name), { force: true })
  }

  /** Names of files by walk: its line, and its number if several begin in one line. */
  #namesOf(file: LoadedWalkFile): readonly string[] {
    const known = this.#namesIn.get(file)
    if (known !== undefined) return known
    const prefix = this.#prefixOf(file)
    const lines = file.content.walks.map((_, walk) => file.lineOf(walk))
    const names = lines.map((line, walk) => {
      const isOnly = lines[walk - 1] !== line && lines[walk + 1] !== line
      return `${prefix}-${isOnly ? line : `${line}.${walk + 1}`}.trace`
    })
    this.#namesIn.set(file, names)
    return names
  }

  /** A digest tells files outside of `tests/`, and with other letters, apart. */
  #prefixOf({ file }: LoadedWalkFile): string {
    const path = relative(this.#project, resolve(file)).replaceAll('\\', '/')
    const [, plain] = /^tests\/([\w-]+)\.walk\.yaml$/.exec(path) ?? []
    if (plain !== undefined) return plain
    const readable = path.replace(/\.walk\.\w+$/, '').replaceAll(/[^\w-]+/g, '-')
    return `${readable.slice(-60)}-${hash('sha256', path, 'hex').slice(0, 6)}`
  }
}

function isNameOf(prefix: string, name: string): boolean {
  return name.startsWith(`${prefix}-`) && /^\d+(\.\d+)?\.trace$/.test(name.slice(prefix.length + 1))
}
