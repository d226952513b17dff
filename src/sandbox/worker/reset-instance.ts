import type { QuickJS, Snapshot } from 'quickjs-wasi'

/** Granularity of a reset. Empty pages are zeroed instead of copied. */
const PAGE_BYTES = 4096

/** The guest's C stack can reach a little more than `maxStackSize` (256 KB) below the stack pointer. */
const STACK_BYTES = 320 << 10

const emptyPage = new Uint8Array(PAGE_BYTES)

/** A range of adjacent pages. Without bytes, they are all zero. */
type Range = { start: number; end: number; bytes?: Uint8Array }

/** A page of an instance's memory that differs from the snapshot. */
export type Page = { start: number; bytes: Uint8Array }

/** The memory of an instance that was restored from a snapshot. Resets it before the next run. */
export type InstanceMemory = {
  /** The pages that differ from the snapshot. Call it only while no script has run since a reset. */
  differences(): Page[]
  /**
   * Resets the whole memory to the snapshot with the given pages, whatever the guest did to it. Invalidates all handles
   * created since. Not possible once memory {@link hasGrown}.
   */
  reset(pages: readonly Page[]): void
  /**
   * An instance with grown memory must be dropped: WebAssembly memory never shrinks, and the allocator loses track of
   * the grown part.
   */
  hasGrown(): boolean
  /** A copy of the whole linear memory, for tests. */
  copy(): Uint8Array
}

/**
 * The only file that uses private fields of quickjs-wasi. Its exact version is pinned, and tests compare every byte after a
 * reset.
 */
export function memoryOf(vm: QuickJS, { memory: image, stackPointer: stackTop }: Snapshot): InstanceMemory {
  // Private in the package's types: `exports` has the memory and stack pointer that it documents as exported for snapshots,
  // and `_ownedHandles` the handles that `dispose()` would free, which are stale after a reset.
  const inner = vm as unknown as {
    exports: { memory: WebAssembly.Memory; __stack_pointer: WebAssembly.Global }
    _ownedHandles: Set<unknown>
  }
  const { memory, __stack_pointer: stackPointer } = inner.exports
  const bytes = new Uint8Array(memory.buffer)
  const ranges = findRanges(image, stackTop)

  return {
    differences() {
      const pages: Page[] = []
      for (let start = stackTop; start < bytes.length; start += PAGE_BYTES) {
        const page = bytes.subarray(start, start + PAGE_BYTES)
        if (Buffer.compare(page, image.subarray(start, start + PAGE_BYTES)) === 0) continue
        pages.push({ start, bytes: page.slice() })
      }
      return pages
    },
    reset(pages) {
      // rule R5: otherwise a script finds what the last one left in the memory of its guest
      for (const range of ranges) {
        if (range.bytes) bytes.set(range.bytes, range.start)
        else bytes.fill(0, range.start, range.end)
      }
      for (const page of pages) bytes.set(page.bytes, page.start)
      // rule R5: otherwise a script finds the values of the last one on the stack of its guest
      bytes.fill(0, Math.max(0, stackTop - STACK_BYTES), stackTop)
      stackPointer.value = stackTop
      inner._ownedHandles.clear()
    },
    hasGrown: () => memory.buffer.byteLength !== image.length,
    copy: () => new Uint8Array(memory.buffer).slice(),
  }
}

/** The ranges above the stack, as copies: copying from shared memory is slow. */
function findRanges(image: Uint8Array, from: number): Range[] {
  const ranges: Range[] = []
  for (let start = from; start < image.length; ) {
    const empty = isEmpty(image, start)
    let end = start + PAGE_BYTES
    while (end < image.length && isEmpty(image, end) === empty) end += PAGE_BYTES
    end = Math.min(end, image.length)
    ranges.push(empty ? { start, end } : { start, end, bytes: image.slice(start, end) })
    start = end
  }
  return ranges
}

function isEmpty(bytes: Uint8Array, start: number): boolean {
  const page = bytes.subarray(start, start + PAGE_BYTES)
  return Buffer.compare(page, emptyPage.subarray(0, page.length)) === 0
}
