// The little of WebAssembly that the sandbox touches: TypeScript declares it with the whole DOM only.
declare namespace WebAssembly {
  type Module = object
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  interface Global {
    value: number
  }
  function compile(bytes: Uint8Array): Promise<Module>
}
