import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { inspect } from 'node:util'
import {
  createVitest,
  type Reporter,
  type TestCase,
  type TestModule,
  type TestSpecification,
  type Vitest,
} from 'vitest/node'
import { startPostgres } from '../../test/support/postgres-server.ts'
import type { Fault } from './faults.ts'

const root = join(import.meta.dirname, '..', '..')

/** A test that ran and failed. */
export type Failure = { file: string; name: string; message: string }

/** A copy of the sources in which faults can be made. One vitest runs all its tests, which saves its start for each fault. */
export class SourceCopy implements AsyncDisposable {
  readonly #folder: string
  readonly #vitest: Vitest
  readonly #failures: Failures
  readonly #closing: AsyncDisposableStack

  private constructor(folder: string, vitest: Vitest, failures: Failures, closing: AsyncDisposableStack) {
    this.#folder = folder
    this.#vitest = vitest
    this.#failures = failures
    this.#closing = closing
  }

  /** Installed packages are linked. */
  static async make(): Promise<SourceCopy> {
    const folder = mkdtempSync(join(tmpdir(), 'sidegate-rules-'))
    const closing = new AsyncDisposableStack()
    closing.defer(() => rmSync(folder, { recursive: true, force: true }))
    const excluded = new Set(['.git', '.cache', 'node_modules', 'data'])
    const filter = (path: string) => !excluded.has(basename(path)) && path !== join(root, 'coverage')
    cpSync(root, folder, { recursive: true, preserveTimestamps: true, filter })
    for (const name of ['node_modules', join('web', 'node_modules')]) {
      if (existsSync(join(root, name))) symlinkSync(join(root, name), join(folder, name))
    }
    const postgres = await startPostgres()
    closing.defer(() => postgres.stop())
    process.env.SIDEGATE_TEST_POSTGRES = postgres.url
    process.chdir(folder)
    const failures = new Failures(folder)
    const vitest = await createVitest({
      root: folder,
      watch: false,
      reporters: [failures],
      fsModuleCache: true,
    })
    closing.defer(() => vitest.close())
    failures.onFailure = () => void vitest.cancelCurrentRun('test-failure')
    return new SourceCopy(folder, vitest, failures, closing)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#closing.disposeAsync()
  }

  /** Runs `work` while the fault is in the sources. */
  async while<Value>({ file, start, end, text }: Fault, work: () => Promise<Value>): Promise<Value> {
    const path = join(this.#folder, file)
    const before = readFileSync(path, 'utf8')
    // The pages are rebuilt if the newest source changes, so the original time is restored with the original text.
    const { atime, mtime } = statSync(path)
    writeFileSync(path, before.slice(0, start) + text + before.slice(end))
    this.#vitest.invalidateFile(path)
    try {
      return await work()
    } finally {
      writeFileSync(path, before)
      utimesSync(path, atime, mtime)
      this.#vitest.invalidateFile(path)
    }
  }

  /**
   * Runs test files until a test fails.
   * @param names of tests: without any, all run.
   * @throws Error if an error belongs to no test.
   */
  async firstFailure(files: readonly string[], names: readonly string[] = []): Promise<Failure | undefined> {
    const specifications = await this.#specifications(files)
    if (specifications.length === 0) return undefined
    if (names.length > 0) this.#vitest.setGlobalTestNamePattern(new RegExp(names.map(escaped).join('|')))
    else this.#vitest.resetGlobalTestNamePattern()
    this.#failures.first = undefined
    const { unhandledErrors } = await this.#vitest.runTestSpecifications(specifications, false)
    const { first } = this.#failures
    if (first === undefined && unhandledErrors.length > 0) throw new Error(inspect(unhandledErrors))
    return first
  }

  /** On PostgreSQL, only what SQLite can't run. */
  async #specifications(files: readonly string[]): Promise<TestSpecification[]> {
    const found = files.length === 0 ? [] : await this.#vitest.globTestSpecifications([...files])
    return found.filter(
      ({ moduleId, project }) =>
        project.name !== 'postgres' && files.includes(moduleId.slice(this.#folder.length + 1)),
    )
  }

  /** Builds what tests in a browser load. */
  async build(): Promise<void> {
    const builds: typeof import('../../test/support/builds.ts') = await import(
      join(this.#folder, 'test/support/builds.ts')
    )
    await builds.setup()
  }

  /**
   * Plays one attack.
   * @returns what the attacker got, or undefined if the attack failed.
   * @throws Error if it did not run.
   */
  async breachOf(attack: string): Promise<string | undefined> {
    const child = spawn(process.execPath, [join(this.#folder, 'quality', 'attack', 'run.ts'), attack], {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    const { promise, resolve, reject } = Promise.withResolvers<number | null>()
    child.on('error', reject)
    child.on('close', resolve)
    const status = await promise
    const [, breach] = /^ *BREACH: (.*)$/m.exec(output) ?? []
    if (breach === undefined && status !== 0) throw new Error(`The attack ${attack} did not run: ${output}`)
    return breach
  }
}

/** Keeps the first failure of a run. */
class Failures implements Reporter {
  readonly #folder: string
  first: Failure | undefined
  onFailure = (): void => {}

  constructor(folder: string) {
    this.#folder = folder
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result()
    if (result.state === 'failed')
      this.#failed(test.module.moduleId, test.fullName, result.errors[0]?.message)
  }

  onTestModuleEnd(module: TestModule): void {
    const [error] = module.errors()
    if (error !== undefined) this.#failed(module.moduleId, 'the whole file', error.message)
  }

  #failed(path: string, name: string, message = ''): void {
    if (this.first !== undefined) return
    this.first = { file: path.slice(this.#folder.length + 1), name, message: message.split('\n')[0] ?? '' }
    this.onFailure()
  }
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
