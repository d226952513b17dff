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
import { z } from 'zod'
import { type PostgresServer, startPostgres } from '../../test/support/postgres-server.ts'
import { namedTest, type RuleSwitch } from './rule-switch.ts'

const root = join(import.meta.dirname, '..', '..')

const reportSchema = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

/** A test that ran and failed. */
export type Failure = { file: string; name: string; message: string }

/** `output` explains a run that failed without failing tests, for example because of a syntax error. */
export type TestRun = { isGreen: boolean; passed: number; failures: Failure[]; output: string }

type Finished = { output: string; status: number | null }

/** A copy of the sources in which protections can be switched off. */
export class SourceCopy {
  readonly #folder: string
  readonly #postgres: PostgresServer

  private constructor(folder: string, postgres: PostgresServer) {
    this.#folder = folder
    this.#postgres = postgres
  }

  /**
   * Installed packages are linked. Each copy has its own PostgreSQL server, so that copies can run in parallel.
   */
  static async make(): Promise<SourceCopy> {
    const folder = mkdtempSync(join(tmpdir(), 'sidegate-rules-'))
    const excluded = new Set(['.git', '.cache', 'node_modules', 'data'])
    const filter = (path: string) => !excluded.has(basename(path)) && path !== join(root, 'coverage')
    cpSync(root, folder, { recursive: true, preserveTimestamps: true, filter })
    for (const name of ['node_modules', join('web', 'node_modules')]) {
      if (existsSync(join(root, name))) symlinkSync(join(root, name), join(folder, name))
    }
    return new SourceCopy(folder, await startPostgres())
  }

  async remove(): Promise<void> {
    await this.#postgres.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /**
   * Runs `work` while the protection is off.
   * @throws Error unless the text to replace occurs exactly once.
   */
  async while<Value>({ file, from, to }: RuleSwitch, work: () => Promise<Value>): Promise<Value> {
    const path = join(this.#folder, file)
    const text = readFileSync(path, 'utf8')
    if (text.split(from).length !== 2) throw new Error(`The text to replace must occur once in ${file}`)
    // The pages are rebuilt if the newest source changes, so the original time is restored with the original
    // text.
    const { atime, mtime } = statSync(path)
    writeFileSync(
      path,
      text.replace(from, () => to),
    )
    try {
      return await work()
    } finally {
      writeFileSync(path, text)
      utimesSync(path, atime, mtime)
    }
  }

  /** @param entries as in `RuleSwitch.tests`. */
  async test(entries: readonly string[], workers: number): Promise<TestRun> {
    const tests = entries.map(namedTest)
    const names = tests.map(({ name }) => name)
    const program = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const report = join(this.#folder, 'report.json')
    const { output } = await this.#run([
      program,
      'run',
      '--reporter=json',
      `--outputFile=${report}`,
      `--maxWorkers=${workers}`,
      `--fsModuleCachePath=${join(this.#folder, '.cache')}`,
      ...(names.includes(undefined) ? [] : ['-t', patternOf(names)]),
      ...new Set(tests.map(({ file }) => file)),
    ])
    if (!existsSync(report)) throw new Error(`The tests did not run: ${output}`)
    const { success, numPassedTests, testResults } = reportSchema.parse(
      JSON.parse(readFileSync(report, 'utf8')),
    )
    rmSync(report)
    const failures = testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => ({
          file: name.slice(this.#folder.length + 1),
          name: fullName.trim(),
          message: failureMessages?.[0]?.split('\n')[0] ?? '',
        })),
    )
    return { isGreen: success && numPassedTests > 0, passed: numPassedTests, failures, output }
  }

  /**
   * Plays one attack.
   * @returns what the attacker got, or undefined if the attack failed.
   * @throws Error if it did not run.
   */
  async breachOf(attack: string): Promise<string | undefined> {
    const { output, status } = await this.#run([join(this.#folder, 'quality', 'attack', 'run.ts'), attack])
    const [, breach] = /^ *BREACH: (.*)$/m.exec(output) ?? []
    if (breach === undefined && status !== 0) throw new Error(`The attack ${attack} did not run: ${output}`)
    return breach
  }

  #run(args: readonly string[]): Promise<Finished> {
    const env = { ...process.env, SIDEGATE_TEST_POSTGRES: this.#postgres.url }
    const child = spawn(process.execPath, args, { cwd: this.#folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status) => resolve({ output, status }))
    })
  }
}

function patternOf(names: readonly (string | undefined)[]): string {
  return names.map((name = '') => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')
}
