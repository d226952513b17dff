import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { adminPassword } from './start-server.ts'

const require = createRequire(import.meta.url)
const program = require.resolve('@rockcarver/frodo-cli')

/** What a command left behind; `out` is all that it printed, without colours. */
export type Ran = { exit: number | null; out: string }

/** The administrator's command line, each command a process of its own, in a home folder of its own. */
export class Frodo {
  readonly #url: string
  readonly #home = mkdtempSync(join(tmpdir(), 'sidegate-frodo-'))

  /** @param url the server, for example `http://127.0.0.1:40001/am` */
  constructor(url: string) {
    this.#url = url
  }

  /** A command that works in the realm alpha. */
  alpha(...words: string[]): Promise<Ran> {
    return this.#run([...words, '-m', 'classic', this.#url, 'alpha', 'amadmin', adminPassword])
  }

  /** As {@link alpha}, with an answer to what it asks. */
  answering(answer: string, ...words: string[]): Promise<Ran> {
    return this.#run([...words, '-m', 'classic', this.#url, 'alpha', 'amadmin', adminPassword], answer)
  }

  /** A command that works in no realm. */
  anywhere(words: string[], password = adminPassword): Promise<Ran> {
    return this.#run([...words, '-m', 'classic', this.#url, 'amadmin', password])
  }

  /** A command in the root realm that is not told which kind of deployment it meets, and finds out. */
  unprepared(...words: string[]): Promise<Ran> {
    return this.#run([...words, this.#url, '/', 'amadmin', adminPassword])
  }

  write(file: string, content: object): void {
    writeFileSync(join(this.#home, file), JSON.stringify(content))
  }

  /** @throws Error when no command wrote the file. */
  read<Content>(file: string): Content {
    return JSON.parse(readFileSync(join(this.#home, file), 'utf8')) as Content
  }

  close(): void {
    rmSync(this.#home, { recursive: true, force: true })
  }

  #run(words: string[], answer = ''): Promise<Ran> {
    const child = spawn(process.execPath, [program, ...words], {
      cwd: this.#home,
      env: {
        HOME: this.#home,
        FRODO_NO_CACHE: '1',
        // The server is plain HTTP: whatever else it would call ends at a closed port.
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
