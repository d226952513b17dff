import type { QuickJS } from 'quickjs-wasi'

/** Maximum bytecode per cache, in bytes. Bytecode is about twice as long as its source. */
const CAPACITY_BYTES = 2 << 20

type Entry = { file: string; bytecode: Uint8Array }

/** A least-recently-used cache of compiled sources. */
export class BytecodeCache {
  readonly #toCode: (source: string) => string
  /** By source. Two files with the same source replace each other, because bytecode contains the file name. */
  readonly #entries = new Map<string, Entry>()
  #bytes = 0

  /** @param toCode makes the code to compile from a source. */
  constructor(toCode: (source: string) => string) {
    this.#toCode = toCode
  }

  /**
   * Call it only in an instance in which no script has run, because other runs share the result.
   * @throws Error without a position if the source doesn't compile.
   */
  compile(vm: QuickJS, file: string, source: string): Uint8Array {
    const known = this.#entries.get(source)
    if (known !== undefined) this.#remove(source, known)
    const bytecode = known?.file === file ? known.bytecode : vm.compile(this.#toCode(source), file)
    this.#entries.set(source, { file, bytecode })
    this.#bytes += bytecode.byteLength
    this.#evict()
    return bytecode
  }

  #evict(): void {
    for (const [source, entry] of this.#entries) {
      if (this.#bytes <= CAPACITY_BYTES || this.#entries.size === 1) return
      this.#remove(source, entry)
    }
  }

  #remove(source: string, { bytecode }: Entry): void {
    this.#entries.delete(source)
    this.#bytes -= bytecode.byteLength
  }
}
