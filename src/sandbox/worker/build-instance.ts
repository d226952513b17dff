import { CompileFlags, type JSValueHandle, QuickJS } from 'quickjs-wasi'
import type { BindingSource, StateLayer, WorkerSetup } from './messages.ts'
import { type InstanceSnapshot, snapshotInstance } from './reset-instance.ts'

const GUEST_STACK_BYTES = 256 << 10

/** Free heap in the snapshot. Scripts that need less never grow the memory. */
const RESERVED_HEAP_BYTES = 1 << 20

export type Instance = {
  vm: QuickJS
  snapshot: InstanceSnapshot
  /** Guest function: takes the input text and sets up the bindings. */
  begin: JSValueHandle
  /** Guest function: returns the result text. */
  finish: JSValueHandle
}

/** Builds an instance with all bindings, and takes the snapshot that it is reset to. */
export async function buildInstance(setup: WorkerSetup, services: GuestServices): Promise<Instance> {
  const vm = await QuickJS.create({
    wasm: setup.module,
    memoryLimit: setup.limits.heapBytes,
    maxStackSize: GUEST_STACK_BYTES,
    timezoneOffset: 0,
    interruptHandler: services.isOver,
    wasi: (memory: WebAssembly.Memory) => fenceSystem(memory, services),
  })
  const guest = loadBindings(vm, setup, services)
  const begin = guest.getProp('begin')
  const finish = guest.getProp('finish')
  // The package creates and caches these on first use, so they must be part of the snapshot.
  void [vm.global, vm.undefined, vm.null, vm.true, vm.false]
  vm.newArrayBuffer(new Uint8Array(RESERVED_HEAP_BYTES)).dispose()
  vm.runGC()
  // The initial threshold is already exceeded, so every run would start with a garbage collection.
  vm.gcThreshold = vm.getMemoryUsage().mallocSize + RESERVED_HEAP_BYTES / 2
  const snapshot = snapshotInstance(vm)
  snapshot.reset()
  return { vm, snapshot, begin, finish }
}

/** The engine's only system calls: a controlled clock, no entropy from the host, no output. */
function fenceSystem(memory: WebAssembly.Memory, services: GuestServices) {
  const refused = 8
  return {
    clock_time_get(_clock: number, _precision: bigint, result: number) {
      new DataView(memory.buffer).setBigUint64(result, BigInt(services.now()) * 1_000_000n, true)
      return 0
    },
    random_get(start: number, length: number) {
      new Uint8Array(memory.buffer, start, length).fill(7)
      return 0
    },
    fd_write: () => refused,
  }
}

function loadBindings(vm: QuickJS, setup: WorkerSetup, services: GuestServices): JSValueHandle {
  const [core, ...families] = setup.bindings
  if (core === undefined) throw new Error('No script bindings')
  const raw = exposeServices(vm, services)
  exposeParts(vm, raw, setup)
  const guest = vm.callFunction(evaluate(vm, core), vm.undefined, raw)
  for (const family of families) {
    vm.callFunction(evaluate(vm, family), vm.undefined, guest).dispose()
  }
  vm.callFunction(guest.getProp('ready'), guest).dispose()
  return guest
}

function evaluate(vm: QuickJS, part: BindingSource): JSValueHandle {
  return vm.evalBytecode(compile(vm, part))
}

/** Strict mode by a directive on the first line, which keeps line numbers. Without the source text, to save heap. */
function compile(vm: QuickJS, { name, source }: BindingSource): Uint8Array {
  return vm.compile(`'use strict';${source}`, `bindings/${name}`, 0, CompileFlags.STRIP_SOURCE)
}

/** Compiles the on-demand parts before any script runs in the guest. Runs load them when needed. */
function exposeParts(vm: QuickJS, raw: JSValueHandle, { onDemand }: WorkerSetup): void {
  const compiled = new Map(onDemand.map((part) => [part.name, compile(vm, part)]))
  const load = vm.newFunction('part', (name) => {
    const bytecode = compiled.get(String(name))
    return bytecode === undefined ? vm.undefined : vm.evalBytecode(bytecode)
  })
  raw.setProp('part', load)
}

function exposeServices(vm: QuickJS, services: GuestServices): JSValueHandle {
  const raw = vm.newObject()
  const text = (value: string | undefined) => (value === undefined ? vm.undefined : vm.newString(value))
  const expose = (name: string, answer: (...args: JSValueHandle[]) => JSValueHandle) =>
    raw.setProp(
      name,
      vm.newFunction(name, (...args) => {
        try {
          return answer(...args)
        } catch (error) {
          // Only passes the message on: the package would copy a host error's stack, with server paths, into the guest.
          throw error instanceof Error ? error.message : String(error)
        }
      }),
    )
  expose('call', (op, args) => text(services.call(String(op), String(args))))
  expose('readState', (key, layer) =>
    // The bindings are trusted: they pass a layer's name or nothing.
    text(services.readState(String(key), layer && (String(layer) as StateLayer))),
  )
  expose('stateKeys', () => text(services.stateKeys()))
  expose('log', (level, message) => {
    services.log(String(level), String(message))
    return vm.undefined
  })
  expose('random', (count) => text(services.random(Number(String(count)))))
  expose('library', (name) => services.library(String(name)))
  return raw
}

/** The only host functions that the guest can call. They exchange text, and scripts see them only through the bindings. */
type GuestServices = {
  /** The guest's clock, in epoch milliseconds. */
  now(): number
  /** Whether the running script has to stop. Polled by the engine. */
  isOver(): boolean
  /** @returns JSON text, `{"ok": …}` or `{"error": …}`. Throws if the attempt ends here. */
  call(op: string, args: string): string
  /** @returns JSON text of a value of node state, from the given layer or the first one that has the key. */
  readState(key: string, layer: StateLayer | undefined): string | undefined
  /** @returns JSON text of the keys of all layers. */
  stateKeys(): string
  log(level: string, message: string): void
  /** Random bytes as text with one character per byte. */
  random(count: number): string
  /** The wrapper function of a library script. Throws if it doesn't exist or doesn't compile. */
  library(name: string): JSValueHandle
}
