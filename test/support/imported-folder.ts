import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { Json } from '../../src/base/json.ts'
import { exportCommand } from '../../src/cli/export-command.ts'
import { makeFolder } from '../../src/cli/folder-target.ts'
import { importCommand } from '../../src/cli/import-command.ts'
import { filesIn } from '../../src/journeys/exchange/found-files.ts'
import { openStores, type Stores } from '../../src/store/stores.ts'

/** Data folders with a realm, imports into them and exports from them, as the command line does it. */
export class ImportedFolder {
  readonly scratch = mkdtempSync(join(tmpdir(), 'sidegate-imported-'))
  said: string[] = []

  static async make(realm = '/alpha'): Promise<ImportedFolder> {
    const folder = new ImportedFolder()
    await makeFolder(join(folder.scratch, 'data'), realm)
    return folder
  }

  /** Another data folder, which is empty. */
  another(data: string, realm = '/alpha'): Promise<void> {
    return makeFolder(join(this.scratch, data), realm)
  }

  write(files: Readonly<Record<string, Json>>, name = 'given'): string {
    for (const [file, content] of Object.entries(files)) {
      const path = join(this.scratch, name, file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
    }
    return join(this.scratch, name)
  }

  async import(path: string, { data = 'data', more = [] }: { data?: string; more?: string[] } = {}) {
    this.said = []
    const isPossible = await importCommand(
      [path, '--data', join(this.scratch, data), ...more],
      this.#terminal,
    )
    return { isPossible, text: this.said.join('\n') }
  }

  /** @returns the path of the export. */
  async export(name: string, { data = 'data', more = [] }: { data?: string; more?: string[] } = {}) {
    const out = join(this.scratch, name)
    await exportCommand(['--all', '--data', join(this.scratch, data), '--out', out, ...more], this.#terminal)
    return out
  }

  /** The texts of a file, or of the JSON files of a folder by path. */
  texts(path: string): Record<string, string> {
    const files = statSync(path).isDirectory() ? filesIn([path]) : [{ path }]
    return Object.fromEntries(
      files.map((file) => [relative(path, file.path), readFileSync(file.path, 'utf8')]),
    )
  }

  async stores<Value>(work: (stores: Stores) => Promise<Value>, data = 'data'): Promise<Value> {
    const stores = await openStores({ dataFolder: join(this.scratch, data), databaseUrl: undefined })
    try {
      return await work(stores)
    } finally {
      await stores.close()
    }
  }

  remove(): void {
    rmSync(this.scratch, { recursive: true, force: true })
  }

  readonly #terminal = {
    print: (text: string) => void this.said.push(text),
    warn: (text: string) => void this.said.push(text),
    environment: {},
  }
}
