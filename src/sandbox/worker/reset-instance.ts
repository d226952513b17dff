import type { QuickJS } from 'quickjs-wasi'

/** Granularity of the snapshot. Empty pages are zeroed instead of copied. */
const PAGE_BYTES = 4096

/** The guest's C stack can reach a little more than `maxStackSize` (256 KB) below the stack pointer. */
const STACK_BYTES = 320 << 10

/** A range of adjacent pages. Without bytes, they were all zero. */
type Range = { start: number; end: number; bytes?: Uint8Array }

/** Resets an instance to the state in which the snapshot was taken. */
export type InstanceSnapshot = {
  /** Invalidates all handles created since the snapshot. Not possible once memory {@link hasGrown}. */
  reset(): void
  /**
   * An instance with grown memory must be dropped: WebAssembly memory never shrinks, and the allocator loses track of
   * the grown part.
   */
  hasGrown(): boolean
  /** A copy of the whole linear memory, for tests. */
  memory(): Uint8Array
}

/**
 * Takes a snapshot of a fully prepared instance.
 *
 * The only file that uses private fields of quickjs-wasi. Its exact version is pinned, and tests compare every byte after a
 * reset.
 */
export function snapshotInstance(vm: QuickJS): InstanceSnapshot {
  // Private in the package's types: `exports` has the memory and stack pointer that it documents as exported for snapshots,
  // and `_ownedHandles` the handles that `dispose()` would free, which are stale after a reset.
  const inner = vm as unknown as {
    exports: { memory: WebAssembly.Memory; __stack_pointer: WebAssembly.Global }
    _ownedHandles: Set<unknown>
  }
  const { memory, __stack_pointer: stackPointer } = inner.exports
  const stackTop = stackPointer.value
  const size = memory.buffer.byteLength
  const bytes = new Uint8Array(memory.buffer)
  const ranges = findRanges(bytes, stackTop)

  return {
    reset() {
      for (const range of ranges) {
        if (range.bytes) bytes.set(range.bytes, range.start)
        else bytes.fill(0, range.start, range.end)
      }
      bytes.fill(0, Math.max(0, stackTop - STACK_BYTES), stackTop)
      stackPointer.value = stackTop
      inner._ownedHandles.clear()
    },
    hasGrown: () => memory.buffer.byteLength !== size,
    memory: () => new Uint8Array(memory.buffer).slice(),
  }
}

function findRanges(bytes: Uint8Array, from: number): Range[] {
  const ranges: Range[] = []
  for (let start = from; start < bytes.length; ) {
    const empty = isEmpty(bytes, start)
    let end = start + PAGE_BYTES
    while (end < bytes.length && isEmpty(bytes, end) === empty) end += PAGE_BYTES
    end = Math.min(end, bytes.length)
    ranges.push(empty ? { start, end } : { start, end, bytes: bytes.slice(start, end) })
    start = end
  }
  return ranges
}

function isEmpty(bytes: Uint8Array, start: number): boolean {
  return bytes.subarray(start, start + PAGE_BYTES).every((byte) => byte === 0)
}
