import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import type { Target } from './targets.ts'

// Notes what a run creates on a server before it creates it, so that a later run can remove what a killed one left behind. The
// file has no secrets. Only journeys and custom node types with made-up names, and scripts and nodes with random ids, can be in it.

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const prefixPattern = /^sidegate-[0-9a-f]{8}-$/
const created = new RegExp(
  `^/am/json/node-designer/node-type/sidegate[0-9a-f]{8}[a-z0-9]*-\\d+$|^/am/json(/realms/[^/?#\\\\]+)+/(scripts/${uuid}|realm-config/authentication/authenticationtrees/(trees/sidegate-[0-9a-f]{8}-[^/?#\\\\]+|nodes/[\\w.-]+(/[\\d.]+)?/${uuid}))$`,
)

const journalSchema = z.strictObject({
  version: z.literal(1),
  /** The process that writes it. */
  pid: z.int().min(1),
  origin: z.string(),
  context: z.string(),
  realm: z.string().regex(/^[^?#\\]*$/),
  prefix: z.string().regex(prefixPattern),
  /** In the order of their creation. People have names with the prefix. */
  paths: z.array(z.string().regex(created, 'must be something that a test created')),
})

type Content = z.infer<typeof journalSchema>

const folderName = '.sidegate'

export class ProvisionJournal {
  readonly #file: string
  readonly #content: Content

  private constructor(file: string, content: Content) {
    this.#file = file
    this.#content = content
  }

  /** Begins a journal. @param folder of the project. */
  static begin(folder: string, target: Target, given: { realm: string; prefix: string }): ProvisionJournal {
    const { origin, context } = target
    const content: Content = { version: 1, pid: process.pid, origin, context, ...given, paths: [] }
    const file = join(folder, folderName, `provisioned-${given.prefix}.json`.replace('-.json', '.json'))
    const journal = new ProvisionJournal(file, content)
    journal.#write()
    return journal
  }

  /** Journals of earlier runs. @throws OperationError for a file that can't be read. */
  static leftIn(folder: string): ProvisionJournal[] {
    const place = join(folder, folderName)
    if (!existsSync(place)) return []
    return globSync('provisioned-*.json', { cwd: place })
      .map((name) => readJournal(join(place, name)))
      .filter(({ content }) => !isRunning(content.pid))
      .map(({ file, content }) => new ProvisionJournal(file, content))
  }

  get prefix(): string {
    return this.#content.prefix
  }

  get realm(): string {
    return this.#content.realm
  }

  get paths(): readonly string[] {
    return this.#content.paths
  }

  /** Whether it is about this server. */
  isOf({ origin, context }: Target): boolean {
    return this.#content.origin === origin && this.#content.context === context
  }

  /** Notes something before it is created. */
  note(path: string): void {
    this.#content.paths.push(path)
    this.#write()
  }

  remove(): void {
    rmSync(this.#file, { force: true })
  }

  #write(): void {
    mkdirSync(join(this.#file, '..'), { recursive: true })
    writeFileSync(this.#file, `${JSON.stringify(journalSchema.parse(this.#content), null, 2)}\n`)
  }
}

function readJournal(file: string): { file: string; content: Content } {
  try {
    return { file, content: journalSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) }
  } catch (cause) {
    throw new OperationError(`${file} is not a journal of --provision. Check it, and remove it.`, { cause })
  }
}

/** A journal of a running process is in use. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
