import type { QuickJS } from 'quickjs-wasi'

/** Maximum bytecode per worker, in bytes. Bytecode is about twice as long as its source. */
const CAPACITY_BYTES = 4 << 20

/** A least-recently-used cache of compiled scripts by name and source. */
export class BytecodeCache {
  readonly #compiled = new Map<string, Uint8Array>()
  #bytes = 0

  /**
   * Call it only in an instance in which no script has run, because other runs share the result.
   * @throws Error without a position if the source doesn't compile.
   */
  compile(vm: QuickJS, file: string, source: string): Uint8Array {
    const key = `${file}\n${source}`
    const known = this.#compiled.get(key)
    if (known) {
      this.#compiled.delete(key)
      this.#compiled.set(key, known)
      return known
    }
    const bytecode = vm.compile(source, file)
    this.#compiled.set(key, bytecode)
    this.#bytes += bytecode.byteLength
    this.#evict()
    return bytecode
  }

  #evict(): void {
    for (const [key, bytecode] of this.#compiled) {
      if (this.#bytes <= CAPACITY_BYTES || this.#compiled.size === 1) return
      this.#compiled.delete(key)
      this.#bytes -= bytecode.byteLength
    }
  }
}
