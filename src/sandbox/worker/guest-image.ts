import { CompileFlags, type JSValueHandle, QuickJS, type QuickJSOptions } from 'quickjs-wasi'
import type { BindingSource, GuestImage, WorkerSetup } from './messages.ts'

const GUEST_STACK_BYTES = 256 << 10

/** Free heap in the image. Scripts that need less never grow the memory; most need less than 64 KB. */
const RESERVED_HEAP_BYTES = 256 << 10

/** Names of the host functions that the guest can call. */
export const serviceNames = [
  'call',
  'request',
  'readState',
  'stateKeys',
  'log',
  'random',
  'library',
  'part',
] as const

/** Loads all bindings into a new guest, and keeps its memory. Takes about ten times as long as restoring it. */
export async function buildImage(setup: WorkerSetup): Promise<GuestImage> {
  const vm = await QuickJS.create(guestOptions(setup, { now: () => 0, isOver: () => false }))
  const parts = new Map(setup.onDemand.map((part) => [part.name, compile(vm, part)]))
  const guest = loadBindings(vm, setup)
  const handles = {
    prepare: vm.exportHandle(guest.getProp('prepare')),
    begin: vm.exportHandle(guest.getProp('begin')),
    finish: vm.exportHandle(guest.getProp('finish')),
  }
  reserve(vm)
  const snapshot = vm.snapshot()
  // What the build left on the stack.
  snapshot.memory.fill(0, 0, snapshot.stackPointer)
  const shared = new Uint8Array(new SharedArrayBuffer(snapshot.memory.length))
  shared.set(snapshot.memory)
  return { snapshot: { ...snapshot, memory: shared }, parts, handles }
}

/** Options for a guest that is built or restored. */
export function guestOptions(
  { module, limits }: WorkerSetup,
  services: { now(): number; isOver(): boolean },
): QuickJSOptions {
  return {
    wasm: module,
    memoryLimit: limits.heapBytes,
    maxStackSize: GUEST_STACK_BYTES,
    timezoneOffset: 0,
    interruptHandler: services.isOver,
    wasi: (memory) => fenceSystem(memory, services.now),
  }
}

/** The engine's only system calls: a controlled clock, no entropy from the host, no output. */
function fenceSystem(memory: WebAssembly.Memory, now: () => number) {
  const refused = 8
  return {
    clock_time_get(_clock: number, _precision: bigint, result: number) {
      new DataView(memory.buffer).setBigUint64(result, BigInt(now()) * 1_000_000n, true)
      return 0
    },
    random_get(start: number, length: number) {
      new Uint8Array(memory.buffer, start, length).fill(7)
      return 0
    },
    fd_write: () => refused,
  }
}

function loadBindings(vm: QuickJS, setup: WorkerSetup): JSValueHandle {
  const [core, ...families] = setup.bindings
  if (core === undefined) throw new Error('No script bindings')
  const raw = vm.newObject()
  for (const name of serviceNames) raw.setProp(name, vm.newFunction(name, noService))
  const guest = vm.callFunction(evaluate(vm, core), vm.undefined, raw)
  for (const family of families) {
    vm.callFunction(evaluate(vm, family), vm.undefined, guest).dispose()
  }
  vm.callFunction(guest.getProp('ready'), guest).dispose()
  return guest
}

/** Restored instances have services. */
function noService(): never {
  throw new Error('Bindings called the host while they were loaded')
}

function evaluate(vm: QuickJS, part: BindingSource): JSValueHandle {
  return vm.evalBytecode(compile(vm, part))
}

/** Strict mode by a directive on the first line, which keeps line numbers. Without the source text, to save heap. */
function compile(vm: QuickJS, { name, source }: BindingSource): Uint8Array {
  return vm.compile(`'use strict';${source}`, `bindings/${name}`, 0, CompileFlags.STRIP_SOURCE)
}

function reserve(vm: QuickJS): void {
  vm.runGC()
  // The buffer and the package's copy of it, one after the other.
  vm.newArrayBuffer(new Uint8Array(RESERVED_HEAP_BYTES / 2)).dispose()
  // The initial threshold is already exceeded, so every run would start with a garbage collection.
  vm.gcThreshold = vm.getMemoryUsage().mallocSize + RESERVED_HEAP_BYTES / 2
}
