import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { adminPassword } from './start-server.ts'

const require = createRequire(import.meta.url)

/** The package's own launcher would start a second Node, which reads 10 MB of source maps for each command. */
const program = join(dirname(require.resolve('@rockcarver/frodo-cli')), 'app.cjs')

/** The tool's compiled code, which its commands share. */
const compileCache = join(tmpdir(), 'sidegate-frodo-compiled')

/** Exit status and output of a command. `out` is standard output and errors, without colours. */
export type Ran = { exit: number | null; out: string }

/** A service account and its private key. */
export type ServiceAccount = { id: string; jwk: object }

/** Runs commands of the vendor's tool, each in its own process, with their own home folder. */
export class Frodo {
  readonly #url: string
  readonly #home = mkdtempSync(join(tmpdir(), 'sidegate-frodo-'))

  /** @param url the server, for example `http://127.0.0.1:40001/am` */
  constructor(url: string) {
    this.#url = url
  }

  /** Runs a command in the realm alpha. */
  alpha(...words: string[]): Promise<Ran> {
    return this.#run([...words, '-m', 'classic', this.#url, 'alpha', 'amadmin', adminPassword])
  }

  /** Runs a command in the realm alpha and answers its prompt. */
  answering(answer: string, ...words: string[]): Promise<Ran> {
    return this.#run([...words, '-m', 'classic', this.#url, 'alpha', 'amadmin', adminPassword], answer)
  }

  /**
   * Runs a command in the realm alpha as in the vendor's cloud or in its own installations: with a token of `idmAdminClient` or
   * `idm-admin-ui`, which the tool gets itself.
   */
  platform(type: 'cloud' | 'forgeops', ...words: string[]): Promise<Ran> {
    return this.#run([...words, '-m', type, this.#url, 'alpha', 'amadmin', adminPassword])
  }

  /** Runs a command of the whole server, as `platform` does for a realm. */
  tenant(type: 'cloud' | 'forgeops', ...words: string[]): Promise<Ran> {
    return this.#run([...words, '-m', type, this.#url, 'amadmin', adminPassword])
  }

  /** Runs a command in the realm alpha as a service account of the cloud. */
  serviceAccount(account: ServiceAccount, ...words: string[]): Promise<Ran> {
    const file = `${account.id}.jwk.json`
    this.write(file, account.jwk)
    return this.#run([
      ...words,
      '-m',
      'cloud',
      '--sa-id',
      account.id,
      '--sa-jwk-file',
      file,
      this.#url,
      'alpha',
    ])
  }

  /** Runs a command that takes no realm. */
  anywhere(words: string[], password = adminPassword): Promise<Ran> {
    return this.#run([...words, '-m', 'classic', this.#url, 'amadmin', password])
  }

  /** Runs a command in the root realm without the deployment type, which the tool must detect. */
  withoutType(...words: string[]): Promise<Ran> {
    return this.#run([...words, this.#url, '/', 'amadmin', adminPassword])
  }

  /** Runs a command without the options of this class: with a stored connection, or with other credentials. */
  words(...words: string[]): Promise<Ran> {
    return this.#run(words)
  }

  write(file: string, content: object): void {
    writeFileSync(join(this.#home, file), JSON.stringify(content))
  }

  /** @throws Error if no command wrote the file. */
  read<Content>(file: string): Content {
    return JSON.parse(readFileSync(join(this.#home, file), 'utf8')) as Content
  }

  close(): void {
    rmSync(this.#home, { recursive: true, force: true })
  }

  #run(words: string[], answer = ''): Promise<Ran> {
    const child = spawn(process.execPath, ['--no-warnings', program, ...words], {
      cwd: this.#home,
      env: {
        HOME: this.#home,
        FRODO_NO_CACHE: '1',
        NODE_COMPILE_CACHE: compileCache,
        // Requests to servers other than ours, which uses plain HTTP, end at a closed port.
        HTTPS_PROXY: 'http://127.0.0.1:9',
      },
      timeout: 30_000,
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        out += text
      })
    }
    child.stdin.end(answer)
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (exit) => resolve({ exit, out: stripVTControlCharacters(out) }))
    })
  }
}
