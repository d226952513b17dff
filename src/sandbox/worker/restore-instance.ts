import { type JSValueHandle, QuickJS } from 'quickjs-wasi'
import { guestOptions, serviceNames } from './guest-image.ts'
import type { GuestImage, StateLayer, WorkerSetup } from './messages.ts'
import { type InstanceMemory, memoryOf } from './reset-instance.ts'

export type Instance = {
  vm: QuickJS
  memory: InstanceMemory
  /** Guest function: takes a kind of script and keeps only the bindings that it sees. */
  prepare: JSValueHandle
  /** Guest function: takes the input text of a run. */
  begin: JSValueHandle
  /** Guest function: returns the result text. */
  finish: JSValueHandle
}

/** Makes an instance with its own memory from the image. */
export async function restoreInstance(
  setup: WorkerSetup,
  image: GuestImage,
  services: GuestServices,
): Promise<Instance> {
  const vm = await QuickJS.restore(image.snapshot, guestOptions(setup, services))
  connectServices(vm, image, services)
  // The package creates and caches these on first use, so a reset must keep them.
  void [vm.global, vm.undefined, vm.null, vm.true, vm.false]
  return {
    vm,
    memory: memoryOf(vm, image.snapshot),
    prepare: vm.importHandle(image.handles.prepare),
    begin: vm.importHandle(image.handles.begin),
    finish: vm.importHandle(image.handles.finish),
  }
}

function connectServices(vm: QuickJS, image: GuestImage, services: GuestServices): void {
  const text = (value: string | undefined) => (value === undefined ? vm.undefined : vm.newString(value))
  const answers: Record<(typeof serviceNames)[number], (...args: JSValueHandle[]) => JSValueHandle> = {
    call: (op, args) => text(services.call(String(op), String(args))),
    request: () => text(services.request()),
    readState: (key, layer) =>
      // The bindings are trusted: they pass a layer's name or nothing.
      text(services.readState(String(key), layer && (String(layer) as StateLayer))),
    stateKeys: () => text(services.stateKeys()),
    log(level, message) {
      services.log(String(level), String(message))
      return vm.undefined
    },
    random: (count) => text(services.random(Number(String(count)))),
    library: (name) => services.library(String(name)),
    part(name) {
      const bytecode = image.parts.get(String(name))
      return bytecode === undefined ? vm.undefined : vm.evalBytecode(bytecode)
    },
  }
  for (const name of serviceNames) {
    vm.registerHostCallback(name, (...args) => {
      try {
        return answers[name](...args)
      } catch (error) {
        // Only passes the message on: the package would copy a host error's stack, with server paths, into the guest.
        throw error instanceof Error ? error.message : String(error)
      }
    })
  }
}

/** The only host functions that the guest can call. They exchange text, and scripts see them only through the bindings. */
export type GuestServices = {
  /** The guest's clock, in epoch milliseconds. */
  now(): number
  /** Whether the running script has to stop. Polled by the engine. */
  isOver(): boolean
  /** @returns JSON text, `{"ok": …}` or `{"error": …}`. Throws if the attempt ends here. */
  call(op: string, args: string): string
  /** @returns JSON text of the request. */
  request(): string
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
