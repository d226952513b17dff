import type { QuickJS } from 'quickjs-wasi'

/** Bytecode one worker keeps, bytes. It is about twice as long as the source. */
const CAPACITY_BYTES = 4 << 20

/** Compiled scripts by name and source, the least recently used dropped first. */
export class BytecodeCache {
  readonly #compiled = new Map<string, Uint8Array>()
  #bytes = 0

  /**
   * Compiles only in an instance that no script has touched: what lands here runs for others too.
   * @throws Error without a position when the source does not compile.
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
